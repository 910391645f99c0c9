package dev.rowhouse.onboarding.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Fetches artifacts by their parts' offsets, checks them against their hash, and keeps the last few. Thread-safe. */
final class ArtifactReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final TopicPartition PARTITION = SettingsTopics.ARTIFACTS_PARTITION;

    private final Consumer<byte[], byte[]> consumer;
    private final Duration patience;
    private final int keep;
    private final Map<Settings.Artifact, String> kept = new LinkedHashMap<>(16, 0.75f, true);
    private int keptBytes;

    /**
     * @param patience how long a fetch may take
     * @param keep how much to keep, in bytes
     */
    ArtifactReader(Consumer<byte[], byte[]> consumer, Duration patience, int keep) {
        this.consumer = consumer;
        this.patience = patience;
        this.keep = keep;
        consumer.assign(List.of(PARTITION));
    }

    synchronized Optional<String> kept(Settings.Artifact artifact) {
        return Optional.ofNullable(kept.get(artifact));
    }

    /**
     * Reads one artifact from the topic, whether it is kept or not.
     *
     * @param offsets of its parts, in order
     * @return empty when compaction has removed one of these copies: a newer one exists
     * @throws IllegalStateException when the parts do not make up what the name says
     * @throws SettingsUnavailableException when Kafka does not answer
     */
    synchronized Optional<String> read(Settings.Artifact artifact, long[] offsets) {
        Optional<String> text = parts(artifact.sha256(), offsets)
                .map(parts -> ArtifactParts.join(artifact.sha256(), Arrays.asList(parts)));
        text.ifPresent(found -> keep(artifact, found));
        return text;
    }

    private Optional<byte[][]> parts(String sha256, long[] offsets) {
        try {
            return poll(sha256, offsets);
        } catch (InterruptException e) {
            throw e;
        } catch (OffsetOutOfRangeException e) {
            return Optional.empty();
        } catch (KafkaException e) {
            throw new SettingsUnavailableException("artifact " + sha256 + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Optional<byte[][]> poll(String sha256, long[] offsets) {
        TreeMap<Long, Integer> wanted = new TreeMap<>();
        for (int part = 0; part < offsets.length; part++) {
            wanted.put(offsets[part], part);
        }
        byte[][] parts = new byte[offsets.length][];
        long deadline = System.nanoTime() + patience.toNanos();
        consumer.seek(PARTITION, wanted.firstKey());
        while (!wanted.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Integer part = wanted.get(record.offset());
                if (part != null && ArtifactParts.Key.of(record.key()).equals(new ArtifactParts.Key(sha256, part))) {
                    parts[part] = record.value();
                    wanted.remove(record.offset());
                }
            }
            if (!wanted.isEmpty()) {
                long next = wanted.firstKey();
                long position = consumer.position(PARTITION);
                if (position > next) {
                    return Optional.empty();
                }
                if (position < next) {
                    consumer.seek(PARTITION, next);
                }
                if (System.nanoTime() - deadline >= 0) {
                    throw new SettingsUnavailableException(
                            "artifact " + sha256 + " could not be read within " + patience.toSeconds() + " s", null);
                }
            }
        }
        return Optional.of(parts);
    }

    private void keep(Settings.Artifact artifact, String text) {
        if (artifact.size() > keep || kept.put(artifact, text) != null) {
            return;
        }
        keptBytes += artifact.size();
        var eldest = kept.entrySet().iterator();
        while (keptBytes > keep) {
            keptBytes -= eldest.next().getKey().size();
            eldest.remove();
        }
    }

    @Override
    public synchronized void close() {
        consumer.close(CloseOptions.timeout(SettingsClients.GOODBYE));
    }
}
