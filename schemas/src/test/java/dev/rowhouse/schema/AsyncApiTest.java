package dev.rowhouse.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The page that describes the topics that services share names what there is, and all of it. */
class AsyncApiTest {

    private static final List<Topic<?, ?>> SHARED_TOPICS = List.of(
            Topics.TENANT_CREATED,
            Topics.ONBOARDING_COMMANDS,
            Topics.DEAD_LETTERS,
            Topics.TENANT_STATUS_CHANGED,
            Topics.ONBOARDING_PROGRESS,
            Topics.TENANT_STATUS);

    private static final List<EventType<?>> TYPES = List.of(
            EventType.TENANT_CREATED,
            EventType.RETRY_ONBOARDING,
            EventType.TENANT_STATUS_CHANGED,
            EventType.ONBOARDING_PROGRESS,
            EventType.TENANT_STATUS);

    private final JsonNode page = load();

    @Test
    void itsChannelsAreTheSharedTopics() {
        Set<String> addresses = new TreeSet<>(page.path("channels").findValuesAsText("address"));

        assertThat(addresses)
                .isEqualTo(SHARED_TOPICS.stream().map(Topic::name).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        for (String reference : page.findValuesAsText("$ref")) {
            if (reference.startsWith("#")) {
                assertThat(page.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse();
            } else {
                assertThat(Topics.class.getResource(reference)).as(reference).isNotNull();
            }
        }
    }

    @Test
    void everyEventHasAMessageWithItsTypeAndItsSchema() {
        List<String> described = new ArrayList<>();
        page.at("/components/messages")
                .forEach(message -> described.add(message.path("title").asText() + " "
                        + message.at("/payload/$ref").asText()));

        assertThat(described)
                .containsAll(TYPES.stream()
                        .map(type -> type.type() + " " + Schemas.fileOf(type))
                        .toList());
    }

    @Test
    void theSchemasListTheStatusesThereAre() throws IOException {
        assertThat(texts(definitions().at("/$defs/status/enum")))
                .containsExactlyElementsOf(Stream.of(OnboardingStatus.values())
                        .map(OnboardingStatus::wire)
                        .toList());
    }

    @Test
    void theSchemasListTheFailureCodesThereAre() throws IOException {
        assertThat(texts(definitions().at("/$defs/failure/properties/code/examples")))
                .containsExactlyElementsOf(
                        Stream.of(FailureCode.values()).map(FailureCode::wire).toList());
    }

    private static JsonNode definitions() throws IOException {
        try (InputStream file = Topics.class.getResourceAsStream("definitions.v1.json")) {
            return Json.mapper().readTree(file);
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(element -> texts.add(element.textValue()));
        return texts;
    }

    private static JsonNode load() {
        InputStream file = Topics.class.getResourceAsStream("asyncapi.yaml");
        return Json.mapper().valueToTree(new Load(LoadSettings.builder().build()).loadFromInputStream(file));
    }
}
