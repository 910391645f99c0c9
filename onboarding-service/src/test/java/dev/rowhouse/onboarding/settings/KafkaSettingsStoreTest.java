package dev.rowhouse.onboarding.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sandbox.kafka.KafkaBroker;
import dev.rowhouse.schema.SaasId;
import dev.rowhouse.service.config.KafkaSettings;
import dev.rowhouse.service.config.TopicDefaults;
import dev.rowhouse.service.kafka.TopicPlan;
import dev.rowhouse.service.kafka.TopicSetup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaSettingsStoreTest {

    private static final SaasId CRM = new SaasId("crm");

    private KafkaBroker broker;
    private KafkaSettingsStore store;

    @BeforeEach
    void start() throws Exception {
        broker = KafkaBroker.startTemporary();
        new TopicSetup(
                        KafkaSettings.at(broker.bootstrapServers()),
                        new TopicDefaults(1, (short) 1),
                        Duration.ofSeconds(30))
                .ensure(List.of(TopicPlan.own(SettingsTopics.SETTINGS, 1), TopicPlan.own(SettingsTopics.ARTIFACTS, 1)));
        store = newStore();
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
        broker.close();
    }

    @Test
    void whatWasPutIsInForceRightAfter() {
        Settings put = store.put(settings("eu-west-1"), "Resources: {}", "SELECT 1");

        assertThat(store.current(CRM)).contains(put);
        assertThat(put.version()).isEqualTo(1);
        assertThat(store.artifact(put.template())).isEqualTo("Resources: {}");
        assertThat(store.artifact(put.sql())).isEqualTo("SELECT 1");
    }

    @Test
    void aPutThatChangesNothingMakesNoVersion() {
        store.put(settings("eu-west-1"), "Resources: {}", "SELECT 1");

        assertThat(store.put(settings("eu-west-1"), "Resources: {}", "SELECT 1").version())
                .isEqualTo(1);
    }

    @Test
    void anEarlierVersionStaysAsItWas() {
        Settings first = store.put(settings("eu-west-1"), "Resources: {}", "SELECT 1");
        store.put(settings("eu-central-1"), "Resources: {}", "SELECT 2");

        assertThat(store.version(CRM, 1)).contains(first);
        assertThat(store.artifact(store.version(CRM, 1).orElseThrow().sql())).isEqualTo("SELECT 1");
        assertThat(store.version(CRM, 3)).isEmpty();
    }

    @Test
    void anotherInstanceKnowsTheSame() throws Exception {
        Settings put = store.put(settings("eu-west-1"), "Resources: {}", "SELECT 1");
        try (KafkaSettingsStore other = newStore()) {
            assertThat(other.current(CRM)).contains(put);
            Settings second = store.put(settings("eu-central-1"), "Resources: {}", "SELECT 1");

            assertThat(other.freshest(CRM)).contains(second);
        }
    }

    @Test
    void aScriptOfTwentyMegabytesComesBackWhole() {
        // Random letters hardly compress, so this takes many parts.
        String sql = new Random(7)
                .ints(ArtifactParts.MAX_SIZE, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        Settings put = store.put(settings("eu-west-1"), "Resources: {}", sql);

        assertThat(store.artifact(put.sql()).equals(sql)).isTrue();
        assertThat(put.sql().size()).isEqualTo(ArtifactParts.MAX_SIZE);
    }

    @Test
    void anAlteredArtifactIsRefused() {
        Settings put = store.put(settings("eu-west-1"), "Resources: {}", "SELECT 1");
        ProducerRecord<byte[], byte[]> forged =
                ArtifactParts.records("DROP TABLE everything").get(0);
        send(new ProducerRecord<>(
                forged.topic(),
                0,
                null,
                (put.sql().sha256() + "/0").getBytes(StandardCharsets.UTF_8),
                forged.value(),
                forged.headers()));
        store.freshest(CRM);

        assertThatThrownBy(() -> store.artifact(put.sql()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(put.sql().sha256())
                .hasMessageContaining("altered");
    }

    @Test
    void aRecordThatIsNotSettingsIsPassedOver() {
        send(new ProducerRecord<>(SettingsTopics.SETTINGS.name(), 0, new byte[] {'x'}, new byte[] {'{'}));
        send(new ProducerRecord<>(SettingsTopics.ARTIFACTS.name(), 0, new byte[] {'x'}, new byte[] {'{'}));

        assertThat(store.put(settings("eu-west-1"), "Resources: {}", "SELECT 1").version())
                .isEqualTo(1);
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(record);
        }
    }

    private KafkaSettingsStore newStore() throws InterruptedException {
        KafkaSettingsStore created = new KafkaSettingsStore(Map.of("bootstrap.servers", broker.bootstrapServers()));
        created.start();
        return created;
    }

    private static Settings settings(String region) {
        return new Settings(
                CRM,
                0,
                true,
                new Settings.Role("arn:aws:iam::123456789012:role/rowhouse", "external", null, region, List.of()),
                null,
                Map.of("DbName", "app"),
                null,
                new Settings.Database(null, null));
    }
}
