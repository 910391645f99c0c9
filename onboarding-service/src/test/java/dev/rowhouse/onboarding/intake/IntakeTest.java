package dev.rowhouse.onboarding.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowhouse.onboarding.loop.LoopTopics;
import dev.rowhouse.sandbox.kafka.KafkaBroker;
import dev.rowhouse.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private KafkaBroker broker;
    private LoopTopics topics;
    private Intake intake;

    @BeforeEach
    void start() throws Exception {
        broker = KafkaBroker.startTemporary();
        topics = new LoopTopics(broker.bootstrapServers());
        intake = new Intake(new IntakeClients(topics.common(), "rowhouse-test-intake"), Clock.systemUTC());
        intake.start();
    }

    @AfterEach
    void stop() throws Exception {
        intake.close();
        topics.close();
        broker.close();
    }

    @Test
    void theTenantIdInTheValueDecidesThePartitionWhateverTheKeySaid() throws Exception {
        for (int partition = 0; partition < LoopTopics.PARTITIONS; partition++) {
            topics.send(new ProducerRecord<>(
                    Topics.TENANT_CREATED.name(), partition, utf8("some key"), utf8("{\"tenant_id\":\"acme\"}")));
        }
        List<ConsumerRecord<byte[], byte[]>> carried = awaitRecords(Inbox.TOPIC.name(), LoopTopics.PARTITIONS);

        assertThat(carried)
                .extracting(ConsumerRecord::partition)
                .containsOnly(Topics.partitionOf("acme", LoopTopics.PARTITIONS));
        assertThat(carried)
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                .containsOnly("acme");
        assertThat(Inbox.read(carried.get(0)).createdAt()).isNotNull();
    }

    @Test
    void whatCannotBeReadBecomesADeadLetterWithReasonAndOrigin() {
        topics.send(new ProducerRecord<>(Topics.TENANT_CREATED.name(), 2, utf8("k"), utf8("{\"tenant_id\":")));
        topics.send(new ProducerRecord<>(Topics.TENANT_CREATED.name(), 2, null, utf8("{\"tenant_id\":\"a b\"}")));
        topics.send(new ProducerRecord<>(Topics.TENANT_CREATED.name(), 2, null, null));
        List<ConsumerRecord<byte[], byte[]>> letters = awaitRecords(Topics.DEAD_LETTERS.name(), 3);

        assertThat(letters)
                .extracting(letter -> header(letter, "rowhouse-reason"))
                .containsExactlyInAnyOrder("invalid_json", "invalid_event", "no_value");
        assertThat(letters)
                .extracting(letter -> header(letter, "rowhouse-topic") + "/" + header(letter, "rowhouse-partition")
                        + "/" + header(letter, "rowhouse-offset"))
                .containsExactlyInAnyOrder("tenant-created/2/0", "tenant-created/2/1", "tenant-created/2/2");
    }

    @Test
    void anOversizedRecordIsCutInItsDeadLetter() {
        byte[] big = new byte[300 * 1024];
        Arrays.fill(big, (byte) 'x');
        topics.send(new ProducerRecord<>(Topics.TENANT_CREATED.name(), 0, null, big));
        ConsumerRecord<byte[], byte[]> letter =
                awaitRecords(Topics.DEAD_LETTERS.name(), 1).get(0);

        assertThat(header(letter, "rowhouse-reason")).isEqualTo("too_large");
        assertThat(header(letter, "rowhouse-truncated")).isEqualTo(String.valueOf(big.length));
        assertThat(letter.value()).hasSize(DeadLetter.MAX_BYTES);
    }

    @Test
    void tellsWhenItIsReady() {
        assertThat(new Intake(new IntakeClients(topics.common(), "never-started"), Clock.systemUTC())
                        .health()
                        .notReady())
                .containsExactly("the intake has not joined its group yet");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> intake.health().notReady().isEmpty());
    }

    private List<ConsumerRecord<byte[], byte[]>> awaitRecords(String topic, int count) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> topics.committed(topic), found -> found.size() >= count);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
