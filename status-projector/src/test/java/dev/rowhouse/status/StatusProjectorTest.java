package dev.rowhouse.status;

import static dev.rowhouse.schema.OnboardingStatus.ALL_COMPLETED;
import static dev.rowhouse.schema.OnboardingStatus.ERROR;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_DB_READY;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_IN_PROGRESS;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_DB_IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowhouse.sandbox.kafka.KafkaBroker;
import dev.rowhouse.schema.Json;
import dev.rowhouse.schema.OnboardingProgress;
import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.TenantStatus;
import dev.rowhouse.schema.Topics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One projector and one real broker for all tests; each test has tenants of its own. */
@Tag("slow")
class StatusProjectorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static KafkaBroker broker;
    private static RunningProjector projector;
    private static TransitionsTopic transitions;

    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.startTemporary();
        projector = RunningProjector.start(broker.bootstrapServers(), directory.resolve("one"));
        transitions = new TransitionsTopic(broker.bootstrapServers());
        await().atMost(PATIENCE).until(projector::isReady);
    }

    @AfterAll
    static void stop() {
        transitions.close();
        projector.close();
        broker.close();
    }

    @Test
    void answersWithTheWholeRow() throws Exception {
        transitions.write(Transitions.of("whole", 1, SETUP_CFN_IN_PROGRESS));
        transitions.write(Transitions.of("whole", 2, ERROR));
        awaitSequence("whole", 2);

        JsonNode row = Json.mapper().readTree(projector.tenant("whole").body());

        assertThat(row).isEqualTo(Json.mapper().readTree("""
                {"tenant_id": "whole", "tenant_name": "The whole company", "saas_id": "crm", "attributes": {"plan": "gold"},
                 "tenant_onboarding_status": "error", "attempt": 1, "sequence": 2, "updated_at": "1970-01-01T00:00:02Z",
                 "stack_id": null,
                 "failure": {"code": "stack_failed", "step": "watch_stack", "message": "it failed", "retryable": true,
                             "details": {}},
                 "sql_progress": null,
                 "history": [{"status": "setup_cfn_in_progress", "attempt": 1, "at": "1970-01-01T00:00:01Z"},
                             {"status": "error", "attempt": 1, "at": "1970-01-01T00:00:02Z"}]}
                """));
    }

    @Test
    void showsHowFarTheScriptHasComeEvenIfThatIsToldFirst() throws Exception {
        TransitionsTopic.writePlainly(
                broker.bootstrapServers(),
                new OnboardingProgress(new TenantId("loaded"), 1, 3, 20, Instant.EPOCH.plusSeconds(1)));
        transitions.write(Transitions.of("loaded", 1, SETUP_DB_IN_PROGRESS));
        await().atMost(PATIENCE)
                .until(() ->
                        projector.row("loaded").at("/sql_progress/statement").asInt() == 3);
        TransitionsTopic.writePlainly(
                broker.bootstrapServers(),
                new OnboardingProgress(new TenantId("loaded"), 1, 20, 20, Instant.EPOCH.plusSeconds(2)));
        await().atMost(PATIENCE)
                .until(() ->
                        projector.row("loaded").at("/sql_progress/statement").asInt() == 20);

        JsonNode row = projector.row("loaded");
        assertThat(row.get("sql_progress")).isEqualTo(Json.mapper().readTree("""
                {"statement": 20, "statements": 20, "occurred_at": "1970-01-01T00:00:02Z"}"""));
        assertThat(row.get("sequence").asInt()).isEqualTo(1);
        assertThat(row.get("updated_at").asText()).isEqualTo("1970-01-01T00:00:01Z");
        assertThat(row.get("history")).hasSize(1);
    }

    @Test
    void doesNotKnowATenantNobodyHasHeardOf() throws Exception {
        HttpResponse<String> answer = projector.tenant("nobody");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(answer.body()).contains("No tenant is called nobody.");
    }

    @Test
    void refusesAnIllFormedTenantId() throws Exception {
        HttpResponse<String> answer = projector.tenant("no%20body");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("tenant_id must be 1 to 64 of A-Z a-z 0-9 . _ -");
    }

    @Test
    void listsTheTenantsOfAllPartitionsInOrder() throws Exception {
        List<String> written =
                IntStream.range(10, 40).mapToObj(i -> "listed" + i).toList();
        written.forEach(tenant -> transitions.write(Transitions.of(tenant, 1, SETUP_CFN_IN_PROGRESS)));
        await().atMost(PATIENCE).until(() -> projector.tenants().containsAll(written));

        assertThat(projector.tenants()).isSorted().containsSubsequence(written);
    }

    @Test
    void neverShowsATransitionWhoseTransactionWasAborted() throws Exception {
        transitions.writeAndAbort(Transitions.of("ghost", 1, SETUP_CFN_IN_PROGRESS));
        // Written into the ghost's partition after it: once this one is seen, the ghost has been passed.
        String next = TransitionsTopic.neighbourOf("ghost");
        transitions.write(Transitions.of(next, 1, SETUP_CFN_IN_PROGRESS));
        awaitSequence(next, 1);

        assertThat(projector.tenant("ghost").statusCode()).isEqualTo(404);
    }

    @Test
    void aTransitionThatCannotBeReadCostsNobodyTheirRow() {
        transitions.writeBytes("poisoned", "{".getBytes(StandardCharsets.UTF_8));
        String next = TransitionsTopic.neighbourOf("poisoned");
        transitions.write(Transitions.of(next, 1, SETUP_CFN_IN_PROGRESS));

        awaitSequence(next, 1);
    }

    @Test
    void writesEachRowToTheTopicForOtherServices() {
        transitions.write(Transitions.of("followed", 1, SETUP_CFN_IN_PROGRESS));
        transitions.write(Transitions.of("followed", 2, SETUP_CFN_DB_READY));
        transitions.write(Transitions.of("followed", 3, ALL_COMPLETED));

        assertThat(rowsOnTopic("followed", 3))
                .extracting(TenantStatus::sequence)
                .containsExactly(1, 2, 3);
    }

    private static void awaitSequence(String tenant, int sequence) {
        await().atMost(PATIENCE).until(() -> projector.sequence(tenant) == sequence);
    }

    private static List<TenantStatus> rowsOnTopic(String tenant, int count) {
        List<TenantStatus> rows = new ArrayList<>();
        Map<String, Object> config = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "group.id", "follower",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed");
        try (KafkaConsumer<String, TenantStatus> consumer = new KafkaConsumer<>(
                config, new StringDeserializer(), Topics.TENANT_STATUS.value().deserializer())) {
            consumer.subscribe(List.of(Topics.TENANT_STATUS.name()));
            await().pollInSameThread().atMost(PATIENCE).until(() -> {
                for (ConsumerRecord<String, TenantStatus> record : consumer.poll(Duration.ofMillis(100))) {
                    if (tenant.equals(record.key())) {
                        rows.add(record.value());
                    }
                }
                return rows.size() >= count;
            });
        }
        return rows;
    }
}
