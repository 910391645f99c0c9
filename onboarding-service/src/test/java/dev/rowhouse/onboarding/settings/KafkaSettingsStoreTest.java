package dev.rowhouse.onboarding.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sandbox.kafka.KafkaBroker;
import dev.rowhouse.service.config.KafkaSettings;
import dev.rowhouse.service.config.TopicDefaults;
import dev.rowhouse.service.kafka.TopicPlan;
import dev.rowhouse.service.kafka.TopicSetup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaSettingsStoreTest extends SettingsRegisterContract {

    private static KafkaBroker broker;

    private KafkaSettingsStore store;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = KafkaBroker.startTemporary();
        new TopicSetup(
                        KafkaSettings.at(broker.bootstrapServers()),
                        new TopicDefaults(1, (short) 1),
                        Duration.ofSeconds(30))
                .ensure(List.of(TopicPlan.own(SettingsTopics.SETTINGS, 1), TopicPlan.own(SettingsTopics.ARTIFACTS, 1)));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start() throws Exception {
        store = newStore();
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Override
    SettingsRegister register() {
        return store;
    }

    @Test
    void aRestartedInstanceKnowsTheSame() throws Exception {
        Settings first = store.put(settings("eu-west-1"), TEMPLATE, sql);
        Settings second = store.put(settings("eu-central-1"), TEMPLATE, sql);
        stop();
        start();

        assertThat(store.version(saas, 1)).contains(first);
        assertThat(store.current(saas)).contains(second);
        assertThat(store.artifact(second.sql())).isEqualTo(sql);
    }

    @Test
    void anotherInstanceReadsToTheEndWhenAskedForTheFreshest() throws Exception {
        try (KafkaSettingsStore other = newStore()) {
            Settings put = store.put(settings("eu-west-1"), TEMPLATE, sql);

            assertThat(other.freshest(saas)).contains(put);
            assertThat(other.artifact(put.sql())).isEqualTo(sql);
        }
    }

    @Test
    void ofTwoDocumentsPutAtOnceOneWinsAsAWhole() throws Exception {
        try (KafkaSettingsStore other = newStore()) {
            for (int round = 0; round < 10; round++) {
                String ourSql = sql + " -- ours " + round;
                String theirSql = sql + " -- theirs " + round;
                CompletableFuture<Settings> theirs =
                        CompletableFuture.supplyAsync(() -> other.put(settings("us-east-1"), TEMPLATE, theirSql));
                store.put(settings("eu-west-1"), TEMPLATE, ourSql);
                theirs.join();

                Settings winner = store.freshest(saas).orElseThrow();
                assertThat(other.freshest(saas)).contains(winner);
                assertThat(store.artifact(winner.sql()))
                        .isEqualTo(winner.role().region().equals("eu-west-1") ? ourSql : theirSql);
            }
        }
    }

    @Test
    void aScriptOfTwentyMegabytesComesBackWhole() {
        // Random letters hardly compress, so the parts are as large as they get.
        String large = new Random(7)
                .ints(ArtifactParts.MAX_SIZE, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        Settings put = store.put(settings("eu-west-1"), TEMPLATE, large);

        assertThat(store.artifact(put.sql()).equals(large)).isTrue();
        assertThat(put.sql().size()).isEqualTo(ArtifactParts.MAX_SIZE);
    }

    @Test
    void anAlteredArtifactIsRefused() throws Exception {
        Settings put = store.put(settings("eu-west-1"), TEMPLATE, sql);
        alter(put.sql());

        assertThatThrownBy(() -> store.artifact(put.sql()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(put.sql().sha256())
                .hasMessageContaining("altered")
                .hasMessageContaining("register it again");
    }

    @Test
    void registeringTheSameAgainMendsAnAlteredArtifact() throws Exception {
        Settings put = store.put(settings("eu-west-1"), TEMPLATE, sql);
        alter(put.sql());
        Settings again = store.put(settings("eu-west-1"), TEMPLATE, sql);

        assertThat(again).isEqualTo(put);
        assertThat(store.artifact(put.sql())).isEqualTo(sql);
    }

    @Test
    void aRecordThatIsNotSettingsIsPassedOver() throws Exception {
        send(new ProducerRecord<>(SettingsTopics.SETTINGS.name(), 0, new byte[] {'x'}, new byte[] {'{'}));
        send(new ProducerRecord<>(SettingsTopics.SETTINGS.name(), 0, null, null));
        send(new ProducerRecord<>(SettingsTopics.ARTIFACTS.name(), 0, new byte[] {'x'}, new byte[] {'{'}));
        Settings put = store.put(settings("eu-west-1"), TEMPLATE, sql);

        assertThat(put.version()).isEqualTo(1);
        assertThat(store.notReady()).isEmpty();
    }

    @Test
    void goesOnAfterTheBrokerWasAway() throws Exception {
        store.put(settings("eu-west-1"), TEMPLATE, sql);
        broker.restart();
        Settings second = store.put(settings("eu-central-1"), TEMPLATE, sql);

        assertThat(second.version()).isEqualTo(2);
        assertThat(store.notReady()).isEmpty();
    }

    @Test
    void saysThatKafkaDoesNotAnswer() throws Exception {
        try (KafkaSettingsStore impatient = new KafkaSettingsStore(common(), Duration.ofSeconds(1))) {
            impatient.start();
            broker.suspend();

            assertThatThrownBy(() -> impatient.freshest(saas)).isInstanceOf(SettingsUnavailableException.class);
        } finally {
            broker.resume();
        }
    }

    @Test
    void isNotReadyBeforeItHasRead() {
        try (KafkaSettingsStore early = new KafkaSettingsStore(common())) {
            assertThat(early.notReady()).containsExactly("the settings have not been read yet");
        }
    }

    /** Puts something else in the place of the only part. */
    private void alter(Settings.Artifact artifact) throws Exception {
        ProducerRecord<byte[], byte[]> forged =
                ArtifactParts.of("DROP TABLE everything").records().get(0);
        send(new ProducerRecord<>(
                forged.topic(),
                0,
                null,
                (artifact.sha256() + "/0").getBytes(StandardCharsets.UTF_8),
                forged.value(),
                forged.headers()));
        store.freshest(saas);
    }

    private static void send(ProducerRecord<byte[], byte[]> record) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(common(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }

    private static KafkaSettingsStore newStore() throws InterruptedException {
        KafkaSettingsStore created = new KafkaSettingsStore(common());
        created.start();
        return created;
    }

    private static Map<String, Object> common() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}
