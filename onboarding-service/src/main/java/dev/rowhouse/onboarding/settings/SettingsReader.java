package dev.rowhouse.onboarding.settings;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows both topics from the beginning, without a group, on a thread of its own. Thread-safe. */
final class SettingsReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final List<TopicPartition> PARTITIONS =
            List.of(SettingsTopics.ARTIFACTS_PARTITION, SettingsTopics.SETTINGS_PARTITION);

    private final Consumer<byte[], byte[]> consumer;
    private final SettingsMemory memory;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "settings-reader");
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    SettingsReader(Consumer<byte[], byte[]> consumer, SettingsMemory memory) {
        this.consumer = consumer;
        this.memory = memory;
        consumer.assign(PARTITIONS);
        consumer.seekToBeginning(PARTITIONS);
        PARTITIONS.forEach(partition -> positions.put(partition, 0L));
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (consumer) {
            while (!closing.get()) {
                try {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                        memory.take(record);
                    }
                    passed();
                } catch (InterruptException e) {
                    throw e;
                } catch (KafkaException e) {
                    LOG.warn("the settings could not be read just now", e);
                }
            }
        } catch (InterruptException e) {
            LOG.debug("interrupted");
        }
    }

    private synchronized void passed() {
        for (TopicPartition partition : PARTITIONS) {
            positions.put(partition, consumer.position(partition, Duration.ofSeconds(5)));
        }
        notifyAll();
    }

    /**
     * Waits until everything below the given offsets has been read.
     *
     * @throws TimeoutException when that takes longer
     */
    synchronized void awaitPassed(Map<TopicPartition, Long> ends, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> positions.get(end.getKey()) < end.getValue())) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new TimeoutException("the settings were not read up to " + ends + " within " + atMost.toSeconds()
                        + " s, only up to " + positions);
            }
            wait(millis);
        }
    }

    @Override
    public void close() {
        closing.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
