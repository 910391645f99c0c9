package dev.rowhouse.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowhouse.sandbox.kafka.KafkaBroker;
import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import dev.rowhouse.schema.Json;
import dev.rowhouse.schema.OnboardingStatus;
import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.TenantStatusChanged;
import dev.rowhouse.schema.Topics;
import dev.rowhouse.service.config.ConfigSources;
import dev.rowhouse.service.http.ApiServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusProjectorTest {

    private static final String KEY = "a-test-key";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path state;

    private KafkaBroker broker;
    private StatusProjector projector;
    private ApiServer server;

    @BeforeEach
    void start() throws Exception {
        broker = KafkaBroker.startTemporary();
        startProjector();
    }

    @AfterEach
    void stop() throws Exception {
        stopProjector();
        broker.close();
    }

    @Test
    void showsATenantsRowOverHttp() throws Exception {
        write("acme", 1, OnboardingStatus.SETUP_CFN_IN_PROGRESS);
        write("acme", 2, OnboardingStatus.ERROR);
        awaitSequence("acme", 2);
        JsonNode row = Json.mapper().readTree(get("/api/v1/tenants/acme").body());

        List<String> fields = new ArrayList<>();
        row.fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .containsExactlyInAnyOrder(
                        "tenant_id",
                        "tenant_name",
                        "saas_id",
                        "attributes",
                        "tenant_onboarding_status",
                        "attempt",
                        "sequence",
                        "updated_at",
                        "stack_id",
                        "failure",
                        "history");
        assertThat(row.get("tenant_onboarding_status").asText()).isEqualTo("error");
        assertThat(row.at("/failure/code").asText()).isEqualTo("stack_failed");
        assertThat(row.get("history").toString())
                .isEqualTo("[{\"status\":\"setup_cfn_in_progress\",\"attempt\":1,\"at\":\"1970-01-01T00:00:01Z\"},"
                        + "{\"status\":\"error\",\"attempt\":1,\"at\":\"1970-01-01T00:00:02Z\"}]");
    }

    @Test
    void answersForATenantNobodyKnowsWith404AndForAnIllFormedOneWith400() throws Exception {
        assertThat(get("/api/v1/tenants/nobody").statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/tenants/no%20body").statusCode()).isEqualTo(400);
    }

    @Test
    void listsTheTenantsOfAllPartitionsInOrder() throws Exception {
        for (int i = 0; i < 20; i++) {
            write(String.format("t%02d", i), 1, OnboardingStatus.SETUP_CFN_IN_PROGRESS);
        }
        await().atMost(PATIENCE).until(() -> tenants().size() == 20);

        assertThat(tenants()).isSorted().startsWith("t00").endsWith("t19");
    }

    @Test
    void neverShowsATransitionWhoseTransactionWasAborted() throws Exception {
        try (KafkaProducer<String, byte[]> producer = producer(Map.of("transactional.id", "aborting"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record("ghost", 1, OnboardingStatus.SETUP_CFN_IN_PROGRESS))
                    .get();
            producer.abortTransaction();
        }
        // Written after the ghost into its partition: once it is seen, the ghost has been passed.
        String next = IntStream.range(0, 100)
                .mapToObj(i -> "after" + i)
                .filter(tenant -> partitionOf(tenant) == partitionOf("ghost"))
                .findFirst()
                .orElseThrow();
        write(next, 1, OnboardingStatus.SETUP_CFN_IN_PROGRESS);
        awaitSequence(next, 1);

        assertThat(get("/api/v1/tenants/ghost").statusCode()).isEqualTo(404);
    }

    @Test
    void aTransitionThatCannotBeReadCostsNobodyElseTheirRow() throws Exception {
        try (KafkaProducer<String, byte[]> producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>(
                            Topics.TENANT_STATUS_CHANGED.name(), partitionOf("acme"), "acme", new byte[] {'{'}))
                    .get();
        }
        write("acme", 1, OnboardingStatus.SETUP_CFN_IN_PROGRESS);

        awaitSequence("acme", 1);
    }

    @Test
    void rowsAreThereAgainAfterARestart() throws Exception {
        write("acme", 1, OnboardingStatus.SETUP_CFN_IN_PROGRESS);
        awaitSequence("acme", 1);
        stopProjector();
        startProjector();

        awaitSequence("acme", 1);
    }

    private void startProjector() throws InterruptedException {
        ProjectorConfig config = ProjectorConfig.read(ConfigSources.explicitly(Map.of(
                "rowhouse.kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "rowhouse.api-keys",
                KEY,
                "rowhouse.http.port",
                "0",
                "rowhouse.topics.partitions",
                "3",
                "rowhouse.projector.state-directory",
                state.toString())));
        projector = StatusProjector.start(config);
        server =
                ApiServer.start(config.http(), config.keys(), List.of(projector.routes()), List.of(projector.health()));
        await().atMost(PATIENCE).until(() -> get("/health/ready").statusCode() == 200);
    }

    private void stopProjector() {
        server.close();
        projector.close();
    }

    private void awaitSequence(String tenant, int sequence) {
        await().atMost(PATIENCE).until(() -> {
            HttpResponse<String> answer = get("/api/v1/tenants/" + tenant);
            return answer.statusCode() == 200
                    && Json.mapper().readTree(answer.body()).get("sequence").asInt() == sequence;
        });
    }

    private List<String> tenants() throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        Json.mapper()
                .readTree(get("/api/v1/tenants").body())
                .withArray("tenants")
                .forEach(row -> ids.add(row.get("tenant_id").asText()));
        return ids;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .header("Authorization", "Bearer " + KEY)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void write(String tenant, int sequence, OnboardingStatus status) throws Exception {
        try (KafkaProducer<String, byte[]> producer = producer(Map.of())) {
            producer.send(record(tenant, sequence, status)).get();
        }
    }

    private KafkaProducer<String, byte[]> producer(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("bootstrap.servers", broker.bootstrapServers());
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    private static int partitionOf(String tenant) {
        return Topics.partitionOf(tenant, 3);
    }

    private static ProducerRecord<String, byte[]> record(String tenant, int sequence, OnboardingStatus status) {
        Failure failure = status == OnboardingStatus.ERROR
                ? new Failure(FailureCode.STACK_FAILED, "watch_stack", "it failed", true, Map.of())
                : null;
        TenantStatusChanged event = new TenantStatusChanged(
                new TenantId(tenant),
                new SaasId("crm"),
                tenant,
                Map.of("plan", "gold"),
                status,
                null,
                sequence,
                1,
                Instant.EPOCH.plusSeconds(sequence),
                null,
                failure);
        return new ProducerRecord<>(
                Topics.TENANT_STATUS_CHANGED.name(),
                partitionOf(tenant),
                null,
                tenant,
                Topics.TENANT_STATUS_CHANGED.value().serializer().serialize("", event),
                EventType.TENANT_STATUS_CHANGED.headers(
                        tenant + "/" + sequence, "/test", event.tenantId(), event.occurredAt()));
    }
}
