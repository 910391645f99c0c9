package dev.rowhouse.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The compatibility test: a sample, once added, stays as it is, and what it says must hold for ever. */
class SamplesTest {

    private static final Path RESOURCES = Path.of("src/test/resources");

    private static final List<EventType<?>> TYPES = List.of(
            EventType.TENANT_CREATED,
            EventType.RETRY_ONBOARDING,
            EventType.TENANT_STATUS_CHANGED,
            EventType.ONBOARDING_PROGRESS,
            EventType.TENANT_STATUS);

    static Stream<Arguments> samples() {
        return filesUnder("samples");
    }

    static Stream<Arguments> unreadable() {
        return filesUnder("unreadable");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleIsValid(EventType<?> type, Path sample) throws IOException {
        assertThat(Schemas.problems(type, Files.readString(sample))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsWrittenOfASampleIsValid(EventType<?> type, Path sample) throws Exception {
        String written = Json.mapper().writeValueAsString(read(type, Files.readString(sample)));

        assertThat(Schemas.problems(type, written)).as(written).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsWrittenOfASampleReadsAsTheSameRecord(EventType<?> type, Path sample) throws Exception {
        Object record = read(type, Files.readString(sample));

        assertThat(read(type, Json.mapper().writeValueAsString(record))).isEqualTo(record);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void nothingOfASampleIsLostOrChanged(EventType<?> type, Path sample) throws Exception {
        JsonNode given = Json.mapper().readTree(Files.readString(sample));
        JsonNode written = Json.mapper().readTree(Json.mapper().writeValueAsString(read(type, given.toString())));

        for (Iterator<String> names = written.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (given.hasNonNull(name) && !name.endsWith("_at")) {
                assertThat(written.get(name)).as(name).isEqualTo(given.get(name));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void anUnreadableInputIsRefusedWithItsReason(EventType<?> type, Path sample) throws IOException {
        JsonNode expected = Json.mapper().readTree(Files.readString(sample));

        UnreadableEventException refusal = catchThrowableOfType(
                UnreadableEventException.class,
                () -> read(type, expected.get("input").textValue()));

        assertThat(refusal.code()).isEqualTo(expected.get("code").textValue());
        assertThat(refusal).hasMessageStartingWith(expected.get("message").textValue());
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void theSchemaRefusesWhatItCanSee(EventType<?> type, Path sample) throws IOException {
        JsonNode expected = Json.mapper().readTree(Files.readString(sample));
        if (expected.get("schema_refuses").booleanValue()) {
            assertThat(Schemas.problems(type, expected.get("input").textValue()))
                    .isNotEmpty();
        }
    }

    private static Object read(EventType<?> type, String json) throws UnreadableEventException {
        return type.read(new RecordHeaders(), json.getBytes(StandardCharsets.UTF_8));
    }

    private static Stream<Arguments> filesUnder(String folder) {
        return TYPES.stream().flatMap(type -> {
            String name = Schemas.fileOf(type).replace(".v1.json", "");
            try (Stream<Path> files =
                    Files.list(RESOURCES.resolve(folder).resolve(name)).sorted()) {
                return files.map(file -> Arguments.of(type, file)).toList().stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
