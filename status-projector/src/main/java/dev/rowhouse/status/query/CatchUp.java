package dev.rowhouse.status.query;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the projector has folded everything that was on its topic when this instance started. Until then a tenant long
 * known may have no row yet, and "unknown" would be a wrong answer.
 *
 * <p>Thread-safe. Looks on a thread of its own, with a consumer that shares the projector's group.id, to see what the
 * group has committed, but never joins the group.
 */
public final class CatchUp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final Duration CALL = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<TopicPartition> partitions;
    private final Thread thread = new Thread(this::run, "catch-up");
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean done;

    /**
     * @param clientProperties how to reach Kafka
     * @param group the projector's consumer group
     */
    public CatchUp(Map<String, Object> clientProperties, String group, String topic, int partitions) {
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toUnmodifiableSet());
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // One record is enough to know that there is one.
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Starts looking; to be called once. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Once true, true for ever. */
    public boolean isDone() {
        return done;
    }

    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
    }

    private void run() {
        try (consumer) {
            Map<TopicPartition, Long> behind = new HashMap<>();
            do {
                look(behind);
            } while (!done && !closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (WakeupException e) {
            LOG.debug("closed before the table had caught up");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param behind the ends at start of the partitions whose end is not reached; empty before the first look */
    private void look(Map<TopicPartition, Long> behind) {
        try {
            if (behind.isEmpty()) {
                // Not needed to ask for offsets, but the consumer warns of each partition it was not assigned.
                consumer.assign(partitions);
                behind.putAll(consumer.endOffsets(partitions, CALL));
            }
            behind.keySet().removeAll(reached(behind));
            if (behind.isEmpty()) {
                LOG.info("the table has caught up with what was written before this start");
                done = true;
            }
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            // The stream threads meet the same trouble and decide what becomes of it; here it means not yet.
            LOG.warn("cannot tell yet whether the table has caught up: {}", e.getMessage());
        }
    }

    /** Where the group has committed the end, or nothing but markers of transactions and aborted records lies before it. */
    private Set<TopicPartition> reached(Map<TopicPartition, Long> ends) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(ends.keySet(), CALL);
        Set<TopicPartition> reached = new HashSet<>();
        Set<TopicPartition> open = new HashSet<>();
        ends.forEach((partition, end) -> {
            OffsetAndMetadata offset = committed.get(partition);
            (end == 0 || offset != null && offset.offset() >= end ? reached : open).add(partition);
        });
        if (!open.isEmpty()) {
            reached.addAll(emptyUpToTheEnd(open, committed, ends));
        }
        return reached;
    }

    private Set<TopicPartition> emptyUpToTheEnd(
            Set<TopicPartition> open,
            Map<TopicPartition, OffsetAndMetadata> committed,
            Map<TopicPartition, Long> ends) {
        consumer.assign(open);
        for (TopicPartition partition : open) {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, offset.offset());
            }
        }
        ConsumerRecords<byte[], byte[]> records = consumer.poll(LOOK);
        return open.stream()
                .filter(partition ->
                        records.records(partition).stream().noneMatch(record -> record.offset() < ends.get(partition)))
                .filter(partition -> consumer.position(partition, CALL) >= ends.get(partition))
                .collect(Collectors.toSet());
    }
}
