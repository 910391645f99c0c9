package dev.rowhouse.onboarding.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowhouse.onboarding.loop.LoopTopics;
import dev.rowhouse.onboarding.settings.KafkaSettingsStore;
import dev.rowhouse.onboarding.settings.SettingsTopics;
import dev.rowhouse.sandbox.kafka.KafkaBroker;
import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.Json;
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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OnboardingRoutesTest {

    private static final String KEY = "a-test-key";
    private static final String DOCUMENT = """
            {"enabled": true, "role_arn": "arn:aws:iam::123456789012:role/rowhouse", "role_external_id": "external",
             "region": "eu-central-1", "template": "Resources: {T: {Type: 'AWS::SNS::Topic'}}", "sql": "SELECT 1"}
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private KafkaBroker broker;
    private LoopTopics topics;
    private KafkaSettingsStore store;
    private KafkaProducer<byte[], byte[]> producer;
    private ApiServer server;

    @BeforeEach
    void start() throws Exception {
        broker = KafkaBroker.startTemporary();
        topics = new LoopTopics(broker.bootstrapServers());
        new TopicSetup(
                        KafkaSettings.at(broker.bootstrapServers()),
                        new TopicDefaults(1, (short) 1),
                        Duration.ofSeconds(30))
                .ensure(List.of(TopicPlan.own(SettingsTopics.SETTINGS, 1), TopicPlan.own(SettingsTopics.ARTIFACTS, 1)));
        store = new KafkaSettingsStore(topics.common());
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
                List.of());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        producer.close();
        store.close();
        topics.close();
        broker.close();
    }

    @Test
    void settingsThatWerePutAreShownWithTheirBodiesByHash() throws Exception {
        HttpResponse<String> put = send("PUT", "/api/v1/settings/crm", DOCUMENT);
        HttpResponse<String> get = send("GET", "/api/v1/settings/crm", "");

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(get.body()).isEqualTo(put.body()).doesNotContain("SELECT 1");
        JsonNode shown = Json.mapper().readTree(get.body());
        assertThat(shown.get("version").asLong()).isEqualTo(1);
        assertThat(shown.at("/sql/sha256").asText()).hasSize(64);
        assertThat(shown.at("/database/tls").asText()).isEqualTo("verify-full");
    }

    @Test
    void settingsNobodyRegisteredAre404() throws Exception {
        assertThat(send("GET", "/api/v1/settings/erp", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aDocumentWithMistakesRegistersNothingAndNamesThem() throws Exception {
        HttpResponse<String> answer = send("PUT", "/api/v1/settings/crm", "{\"region\": \"nowhere\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.mapper().readTree(answer.body()).get("problems"))
                .extracting(problem -> problem.get("field").asText())
                .containsExactlyInAnyOrder("role_arn", "region", "template");
        assertThat(send("GET", "/api/v1/settings/crm", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aMistypedFieldIsRefusedByName() throws Exception {
        HttpResponse<String> answer = send("PUT", "/api/v1/settings/crm", "{\"parmeters\": {}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("parmeters");
    }

    @Test
    void aNewTenantIsPublishedAsAnEvent() throws Exception {
        HttpResponse<String> answer =
                send("POST", "/api/v1/tenants", "{\"tenant_name\": \"Acme\", \"saas_id\": \"crm\"}");

        assertThat(answer.statusCode()).isEqualTo(202);
        String tenant = Json.mapper().readTree(answer.body()).get("tenant_id").asText();
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/tenants/" + tenant);
        var published = topics.committed(Topics.TENANT_CREATED.name());
        assertThat(published).hasSize(1);
        TenantCreated event = EventType.TENANT_CREATED.read(
                published.get(0).headers(), published.get(0).value());
        assertThat(event.tenantId().value()).isEqualTo(tenant);
        assertThat(event.tenantName()).isEqualTo("Acme");
    }

    @Test
    void anIllFormedTenantIsRefusedAndNothingIsPublished() throws Exception {
        assertThat(send("POST", "/api/v1/tenants", "{\"tenant_id\": \"a b\"}").statusCode())
                .isEqualTo(400);
        assertThat(topics.committed(Topics.TENANT_CREATED.name())).isEmpty();
    }

    @Test
    void withoutAnAcknowledgementItSaysSoAndHowToGoOn() throws Exception {
        broker.kill();
        HttpResponse<String> answer = send("POST", "/api/v1/tenants", "{\"tenant_id\": \"acme\"}");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("acme", "again");
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .header("Authorization", "Bearer " + KEY)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
