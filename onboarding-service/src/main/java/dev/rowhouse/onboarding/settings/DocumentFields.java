package dev.rowhouse.onboarding.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowhouse.service.config.Similar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON object whose fields are asked for one by one; what is not of the right type is a problem and counts as absent. So is,
 * in the end, every field nobody asked for: a mistyped name would otherwise be lost without a word.
 */
final class DocumentFields {

    private final JsonNode object;
    private final String path;
    private final List<SettingsProblem> problems;
    private final Set<String> known = new LinkedHashSet<>();

    /** @param problems where problems are added */
    DocumentFields(JsonNode object, List<SettingsProblem> problems) {
        this(object, "", problems);
    }

    private DocumentFields(JsonNode object, String path, List<SettingsProblem> problems) {
        this.object = object;
        this.path = path;
        this.problems = problems;
    }

    /** Null where absent, like the other methods' answers. */
    String text(String name) {
        JsonNode value = value(name);
        return value == null ? null : text(path + name, value);
    }

    Boolean flag(String name) {
        JsonNode value = value(name);
        if (value == null || value.isBoolean()) {
            return value == null ? null : value.booleanValue();
        }
        problems.add(new SettingsProblem(path + name, "must be true or false"));
        return null;
    }

    List<String> texts(String name) {
        JsonNode value = value(name);
        if (value == null || !value.isArray()) {
            refuse(name, value, "a list of texts");
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            String text = text(path + name + "[" + texts.size() + "]", element);
            texts.add(text == null ? "" : text);
        }
        return texts;
    }

    Map<String, String> textsByName(String name) {
        JsonNode value = value(name);
        if (value == null || !value.isObject()) {
            refuse(name, value, "an object of texts by name");
            return null;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        value.properties().forEach(entry -> {
            String text = text(path + name + "." + entry.getKey(), entry.getValue());
            if (text != null) {
                texts.put(entry.getKey(), text);
            }
        });
        return texts;
    }

    DocumentFields object(String name) {
        JsonNode value = value(name);
        if (value == null || !value.isObject()) {
            refuse(name, value, "an object");
            return null;
        }
        return new DocumentFields(value, path + name + ".", problems);
    }

    /** To be called once every field has been asked for. */
    void refuseOthers() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problems.add(new SettingsProblem(
                        path + name,
                        "is not a field of settings"
                                + Similar.to(name, known)
                                        .map(near -> "; did you mean " + path + near + "?")
                                        .orElse("; they are " + known)));
            }
        });
    }

    private JsonNode value(String name) {
        known.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private String text(String field, JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        String how = value.isNumber() || value.isBoolean() ? ": write \"" + value.asText() + "\"" : "";
        problems.add(new SettingsProblem(field, "must be a text" + how));
        return null;
    }

    private void refuse(String name, JsonNode value, String allowed) {
        if (value != null) {
            problems.add(new SettingsProblem(path + name, "must be " + allowed));
        }
    }
}
