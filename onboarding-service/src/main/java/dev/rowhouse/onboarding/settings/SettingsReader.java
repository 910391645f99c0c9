package dev.rowhouse.onboarding.settings;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows both topics from the beginning, without a group, on a thread of its own. Thread-safe. */
final class SettingsReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final List<TopicPartition> PARTITIONS =
            List.of(SettingsTopics.ARTIFACTS_PARTITION, SettingsTopics.SETTINGS_PARTITION);

    private final Consumer<byte[], byte[]> consumer;
    private final SettingsMemory memory;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "settings-reader");
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private volatile boolean caughtUp;
    private volatile String fault;

    SettingsReader(Consumer<byte[], byte[]> consumer, SettingsMemory memory) {
        this.consumer = consumer;
        this.memory = memory;
        consumer.assign(PARTITIONS);
        startOver();
    }

    /** Starts reading; returns once everything below the given offsets has been read. */
    void start(Map<TopicPartition, Long> ends, Duration patience) throws InterruptedException {
        thread.setDaemon(true);
        thread.start();
        awaitPassed(ends, patience);
        caughtUp = true;
    }

    private void run() {
        try {
            while (!isClosing()) {
                turn();
            }
        } catch (InterruptException e) {
            LOG.debug("interrupted");
        } finally {
            consumer.close(CloseOptions.timeout(SettingsClients.GOODBYE));
        }
    }

    private void turn() {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                memory.take(record);
            }
            passed();
            fault = null;
        } catch (InterruptException e) {
            throw e;
        } catch (OffsetOutOfRangeException e) {
            // Records we have read are gone (an unclean leader election). Versions are ordinals: count again from the
            // first.
            LOG.error("the settings topics lost records that had been read; reading anew what they hold", e);
            startOver();
        } catch (RuntimeException e) {
            // The last line of defence: without this thread no change would ever be seen again.
            LOG.error("the settings could not be read just now", e);
            fault = e.getMessage();
            pause();
        }
    }

    private synchronized void startOver() {
        memory.clear();
        consumer.seekToBeginning(PARTITIONS);
        PARTITIONS.forEach(partition -> positions.put(partition, 0L));
    }

    private void pause() {
        try {
            closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
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
     * @param patience how long to wait without getting any further
     * @throws SettingsUnavailableException when that takes longer
     */
    synchronized void awaitPassed(Map<TopicPartition, Long> ends, Duration patience) throws InterruptedException {
        Map<TopicPartition, Long> reached = Map.copyOf(positions);
        long deadline = System.nanoTime() + patience.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> positions.get(end.getKey()) < end.getValue())) {
            if (!positions.equals(reached)) {
                reached = Map.copyOf(positions);
                deadline = System.nanoTime() + patience.toNanos();
            }
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new SettingsUnavailableException(
                        "the settings were not read up to " + ends + ": no progress from " + positions + " for "
                                + patience.toSeconds() + " s",
                        null);
            }
            wait(millis);
        }
    }

    /** Why the settings are not to be relied on; empty when they are. */
    List<String> notReady() {
        if (!caughtUp) {
            return List.of("the settings have not been read yet");
        }
        if (!thread.isAlive()) {
            return List.of("the settings are not read any more; restart this instance");
        }
        String now = fault;
        return now == null ? List.of() : List.of("the settings cannot be read: " + now);
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    @Override
    public void close() {
        closing.countDown();
        if (thread.getState() == Thread.State.NEW) {
            consumer.close(CloseOptions.timeout(SettingsClients.GOODBYE));
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
