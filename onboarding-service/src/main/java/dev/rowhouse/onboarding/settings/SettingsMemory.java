package dev.rowhouse.onboarding.settings;

import dev.rowhouse.schema.SaasId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been read: every version of the settings, and where the parts of each artifact stand. Thread-safe. */
final class SettingsMemory {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsMemory.class);

    private final Map<SaasId, List<Settings>> versions = new HashMap<>();
    private final Map<String, long[]> artifacts = new HashMap<>();

    synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(SettingsTopics.SETTINGS.name())) {
                takeChange(record);
            } else {
                takePart(record);
            }
        } catch (RuntimeException e) {
            // A record that is not ours to understand must not keep every SaaS from working; it takes no version.
            LOG.error(
                    "{}-{} offset {} is not a record of settings and is passed over",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e);
        }
    }

    private void takeChange(ConsumerRecord<byte[], byte[]> record) {
        SettingsChange change =
                SettingsTopics.SETTINGS.value().deserializer().deserialize(record.topic(), record.value());
        List<Settings> known = versions.computeIfAbsent(change.saasId(), saas -> new ArrayList<>());
        known.add(Settings.after(known.isEmpty() ? null : known.get(known.size() - 1), change));
    }

    private void takePart(ConsumerRecord<byte[], byte[]> record) {
        ArtifactParts.Key key = ArtifactParts.Key.of(record.key());
        long[] offsets = artifacts.computeIfAbsent(key.sha256(), sha -> {
            long[] missing = new long[ArtifactParts.partsOf(record.headers())];
            Arrays.fill(missing, -1);
            return missing;
        });
        offsets[key.part()] = record.offset();
    }

    synchronized void clear() {
        versions.clear();
        artifacts.clear();
    }

    synchronized Optional<Settings> current(SaasId saas) {
        List<Settings> known = versions.getOrDefault(saas, List.of());
        return known.isEmpty() ? Optional.empty() : Optional.of(known.get(known.size() - 1));
    }

    synchronized Optional<Settings> version(SaasId saas, long version) {
        List<Settings> known = versions.getOrDefault(saas, List.of());
        return version < 1 || version > known.size() ? Optional.empty() : Optional.of(known.get((int) version - 1));
    }

    /** The offsets of an artifact's parts, in order; empty while one is missing. */
    synchronized Optional<long[]> partsOf(String sha256) {
        long[] offsets = artifacts.get(sha256);
        return offsets == null || Arrays.stream(offsets).anyMatch(offset -> offset < 0)
                ? Optional.empty()
                : Optional.of(offsets.clone());
    }
}
