package dev.rowhouse.onboarding.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A registration and what is wrong with it.
 *
 * @param document as far as it could be read
 * @param problems every mistake; empty when the document may be registered
 */
public record CheckedDocument(SettingsDocument document, List<SettingsProblem> problems) {

    public CheckedDocument {
        problems = List.copyOf(problems);
    }

    /** @param json a document of settings; anything that is no object is a problem too */
    public static CheckedDocument of(JsonNode json) {
        List<SettingsProblem> problems = new ArrayList<>();
        SettingsDocument document = SettingsDocument.read(json, problems);
        if (!json.isObject()) {
            return new CheckedDocument(
                    document, List.of(new SettingsProblem("", "the document must be a JSON object")));
        }
        // What could not be read counts as absent; that it is then missing would be told twice.
        Set<String> told = problems.stream().map(SettingsProblem::field).collect(Collectors.toSet());
        SettingsChecks.of(document).stream()
                .filter(problem -> !told.contains(problem.field()))
                .forEach(problems::add);
        return new CheckedDocument(document, problems);
    }
}
