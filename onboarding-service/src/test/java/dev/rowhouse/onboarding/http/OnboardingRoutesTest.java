package dev.rowhouse.onboarding.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rowhouse.onboarding.loop.LoopTopics;
import dev.rowhouse.onboarding.settings.KafkaSettingsStore;
import dev.rowhouse.onboarding.settings.Settings;
import dev.rowhouse.onboarding.settings.SettingsStores;
import dev.rowhouse.onboarding.settings.SettingsTopics;
import dev.rowhouse.sandbox.kafka.KafkaBroker;
import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.Json;
import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantCreated;
import dev.rowhouse.schema.Topics;
import dev.rowhouse.service.config.HttpSettings;
import dev.rowhouse.service.config.KafkaSettings;
import dev.rowhouse.service.config.TopicDefaults;
import dev.rowhouse.service.http.ApiKeys;
import dev.rowhouse.service.http.ApiServer;
import dev.rowhouse.service.kafka.TopicPlan;
import dev.rowhouse.service.kafka.TopicSetup;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OnboardingRoutesTest {

    private static final String KEY = "a-test-key";
    private static final String DOCUMENT = """
            {"enabled": true, "role_arn": "arn:aws:iam::123456789012:role/rowhouse", "role_external_id": "external",
             "region": "eu-central-1", "sql": "SELECT 1", "template": "{\
            Resources: {T: {Type: 'AWS::SNS::Topic'}}, Outputs: {\
            AccountId: {Value: !Ref AWS::AccountId}, SubnetIds: {Value: subnet-1}, SecurityGroupIds: {Value: sg-1}, \
            DbUser: {Value: app}, DbPass: {Value: !Ref T}, DbHost: {Value: db.example.com}, DbPort: {Value: 5432}, \
            DbName: {Value: app}, DbType: {Value: postgres}}}"}
            """;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static KafkaBroker broker;
    private static LoopTopics topics;
    private static KafkaSettingsStore store;
    private static KafkaProducer<byte[], byte[]> producer;
    private static ApiServer server;

    private final SaasId saas = new SaasId(UUID.randomUUID().toString());
    private final String settings = "/api/v1/settings/" + saas;

    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.startTemporary();
        topics = new LoopTopics(broker.bootstrapServers());
        new TopicSetup(
                        KafkaSettings.at(broker.bootstrapServers()),
                        new TopicDefaults(1, (short) 1),
                        Duration.ofSeconds(30))
                .ensure(List.of(TopicPlan.own(SettingsTopics.SETTINGS, 1), TopicPlan.own(SettingsTopics.ARTIFACTS, 1)));
        store = SettingsStores.impatient(topics.common());
        store.start();
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "max.block.ms", 3_000,
                        "request.timeout.ms", 2_000,
                        "delivery.timeout.ms", 5_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        server = ApiServer.start(
                new HttpSettings("127.0.0.1", 0),
                new ApiKeys(List.of(KEY)),
                List.of(new SettingsRoutes(store), new TenantRoutes(producer, Clock.systemUTC(), UUID::randomUUID)),
                List.of(store::notReady));
    }

    @AfterAll
    static void stop() {
        server.close();
        producer.close();
        store.close();
        topics.close();
        broker.close();
    }

    @Test
    void settingsThatWerePutAreShownWithTheirBodiesByHash() throws Exception {
        HttpResponse<String> put = send("PUT", settings, DOCUMENT);
        HttpResponse<String> get = send("GET", settings, "");

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(get.body()).isEqualTo(put.body()).doesNotContain("SELECT 1");
        JsonNode shown = Json.mapper().readTree(get.body());
        assertThat(shown.get("version").asLong()).isEqualTo(1);
        assertThat(shown.at("/sql/sha256").asText()).hasSize(64);
        assertThat(shown.at("/database/tls").asText()).isEqualTo("verify-full");
    }

    @Test
    void settingsNobodyRegisteredAre404() throws Exception {
        assertThat(send("GET", settings, "").statusCode()).isEqualTo(404);
    }

    @Test
    void aDocumentWithMistakesRegistersNothingAndNamesThem() throws Exception {
        HttpResponse<String> answer = send("PUT", settings, "{\"region\": \"nowhere\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.mapper().readTree(answer.body()).get("problems"))
                .extracting(problem -> problem.get("field").asText())
                .containsExactlyInAnyOrder("enabled", "role_arn", "role_external_id", "region", "template", "sql");
        assertThat(send("GET", settings, "").statusCode()).isEqualTo(404);
    }

    @Test
    void aMistypedFieldIsRefusedByName() throws Exception {
        HttpResponse<String> answer = send("PUT", settings, "{\"parmeters\": {}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("parmeters");
    }

    @Test
    void aFieldThatIsThereTwiceIsRefused() throws Exception {
        HttpResponse<String> answer = send("PUT", settings, "{\"sql\": \"\",\n\"sql\": \"DROP\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Duplicate").contains("sql").contains("line 2");
    }

    @Test
    void aSaasOfAnIllFormedIdIsRefused() throws Exception {
        assertThat(send("PUT", "/api/v1/settings/a%20b", DOCUMENT).statusCode()).isEqualTo(400);
        assertThat(send("GET", "/api/v1/settings/" + "a".repeat(65), "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aScriptOfTwentyMegabytesIsRegisteredWhole() throws Exception {
        String sql = "-- é\n".repeat(20 * 1024 * 1024 / 6);
        ObjectNode document = (ObjectNode) Json.mapper().readTree(DOCUMENT);
        HttpResponse<String> put =
                send("PUT", settings, document.put("sql", sql).toString().replace("é", "\\u00e9"));

        assertThat(put.statusCode()).isEqualTo(200);
        Settings registered = store.current(saas).orElseThrow();
        assertThat(registered.sql().size()).isEqualTo(sql.getBytes(StandardCharsets.UTF_8).length);
        assertThat(store.artifact(registered.sql()).equals(sql)).isTrue();
    }

    @Test
    void settingsThatKafkaDoesNotAcknowledgeAre503() throws Exception {
        HttpResponse<String> answer = whileTheBrokerHangs(() -> send("PUT", settings, DOCUMENT));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("harmless");
    }

    @Test
    void aTenantTooLargeForItsTopicIsRefusedAtOnce() throws Exception {
        String attribute = "x".repeat(EventType.MAX_BYTES - 60);
        HttpResponse<String> answer = send(
                "POST",
                "/api/v1/tenants",
                "{\"tenant_id\": \"too-large\", \"attributes\": {\"x\": \"" + attribute + "\"}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("at most 262144");
        assertThat(published("too-large")).isEmpty();
    }

    @Test
    void withoutAKeyNothingIsDone() throws Exception {
        for (String path : List.of(settings, "/api/v1/tenants")) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                    .PUT(HttpRequest.BodyPublishers.ofString(DOCUMENT))
                    .build();

            assertThat(CLIENT.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(store.current(saas)).isEmpty();
    }

    @Test
    void aNewTenantIsPublishedAsAnEvent() throws Exception {
        HttpResponse<String> answer =
                send("POST", "/api/v1/tenants", "{\"tenant_name\": \"Acme\", \"saas_id\": \"" + saas + "\"}");

        assertThat(answer.statusCode()).isEqualTo(202);
        String tenant = Json.mapper().readTree(answer.body()).get("tenant_id").asText();
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/tenants/" + tenant);
        var published = published(tenant);
        assertThat(published).hasSize(1);
        TenantCreated event = EventType.TENANT_CREATED.read(
                published.get(0).headers(), published.get(0).value());
        assertThat(event.tenantId().value()).isEqualTo(tenant);
        assertThat(event.saasId()).isEqualTo(saas);
        assertThat(event.tenantName()).isEqualTo("Acme");
    }

    @Test
    void anIllFormedTenantIsRefusedAndNothingIsPublished() throws Exception {
        assertThat(send("POST", "/api/v1/tenants", "{\"tenant_id\": \"a b\"}").statusCode())
                .isEqualTo(400);
        assertThat(published("a b")).isEmpty();
    }

    @Test
    void withoutAnAcknowledgementItSaysSoAndHowToGoOn() throws Exception {
        HttpResponse<String> answer =
                whileTheBrokerHangs(() -> send("POST", "/api/v1/tenants", "{\"tenant_id\": \"acme\"}"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("acme", "again");
    }

    private static List<ConsumerRecord<byte[], byte[]>> published(String tenant) {
        return topics.committed(Topics.TENANT_CREATED.name()).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(tenant))
                .toList();
    }

    private static <T> T whileTheBrokerHangs(Callable<T> request) throws Exception {
        broker.suspend();
        try {
            return request.call();
        } finally {
            broker.resume();
        }
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .header("Authorization", "Bearer " + KEY)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
