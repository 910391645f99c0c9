package dev.rowhouse.onboarding.loop;

import dev.rowhouse.onboarding.intake.Inbox;
import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.schema.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a partition's states back from the journal, all that its earlier owner committed. Thread-safe.
 *
 * <p>The order matters. First the committed offset: a {@code read_committed} consumer is told it only once no transaction with
 * an offset of this partition is open. Then the journal's end <em>as an uncommitted reader sees it</em>, and reading up to
 * there: the last stable offset may still be held back by a transaction whose commit is decided but whose markers are being
 * written, and stopping there would lose what it committed.
 */
final class PartitionRestorer {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionRestorer.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Admin admin;

    /**
     * @param nextOffset of the inbox, where to go on
     * @param states by tenant
     */
    record Restored(long nextOffset, Map<TenantId, Onboarding> states) {}

    /** @param consumers makes {@code read_committed} consumers that share the loop's group id and subscribe to nothing */
    PartitionRestorer(Supplier<Consumer<byte[], byte[]>> consumers, Admin admin) {
        this.consumers = consumers;
        this.admin = admin;
    }

    /** Takes as long as open transactions need to end; returns null when the partition was lost meanwhile. */
    Restored restore(OwnedPartition owned) {
        TopicPartition inbox = new TopicPartition(Inbox.TOPIC.name(), owned.number());
        TopicPartition journal = new TopicPartition(Journal.TOPIC.name(), owned.number());
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            while (!owned.isLost()) {
                try {
                    long next = committed(consumer, inbox);
                    return new Restored(next, read(consumer, journal, endOf(journal), owned));
                } catch (TimeoutException e) {
                    LOG.atInfo()
                            .addKeyValue("partition", owned.number())
                            .log("still waiting to take over: {}", e.getMessage());
                }
            }
            return null;
        }
    }

    private static long committed(Consumer<byte[], byte[]> consumer, TopicPartition inbox) {
        OffsetAndMetadata committed = consumer.committed(Set.of(inbox)).get(inbox);
        return committed != null
                ? committed.offset()
                : consumer.beginningOffsets(Set.of(inbox)).get(inbox);
    }

    private long endOf(TopicPartition journal) {
        try {
            return admin.listOffsets(
                            Map.of(journal, OffsetSpec.latest()),
                            new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .partitionResult(journal)
                    .get()
                    .offset();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException cause) {
                throw cause;
            }
            throw new KafkaException("the end of " + journal + " cannot be read", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static Map<TenantId, Onboarding> read(
            Consumer<byte[], byte[]> consumer, TopicPartition journal, long end, OwnedPartition owned) {
        Map<TenantId, Onboarding> states = new HashMap<>();
        consumer.assign(Set.of(journal));
        consumer.seekToBeginning(Set.of(journal));
        while (consumer.position(journal) < end && !owned.isLost()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                apply(record, states);
            }
        }
        return states;
    }

    private static void apply(ConsumerRecord<byte[], byte[]> record, Map<TenantId, Onboarding> states) {
        try {
            if (record.value() == null) {
                states.remove(new TenantId(new String(record.key(), StandardCharsets.UTF_8)));
            } else {
                Onboarding state = Journal.read(record);
                states.put(state.tenant().id(), state);
            }
        } catch (RuntimeException e) {
            throw new KafkaException(
                    "the record at " + record.topic() + "/" + record.partition() + "/" + record.offset()
                            + " cannot be read; was it written by a newer version?",
                    e);
        }
    }
}
