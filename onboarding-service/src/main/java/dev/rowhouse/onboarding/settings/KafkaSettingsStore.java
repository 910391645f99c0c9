package dev.rowhouse.onboarding.settings;

import dev.rowhouse.schema.SaasId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Settings on Kafka, as this instance has read them. Memory holds the settings; of the artifacts only where they stand: their
 * bodies are fetched when needed, and the last few kept. Thread-safe.
 */
public final class KafkaSettingsStore implements SettingsRegister, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int KEPT_ARTIFACTS = 64 * 1024 * 1024;
    private static final int TRIES = 3;

    private final SettingsMemory memory = new SettingsMemory();
    private final SettingsReader reader;
    private final SettingsWriter writer;
    private final ArtifactReader artifacts;
    private final Consumer<byte[], byte[]> offsets;
    private final Duration patience;

    /** @param common connection settings, for every client */
    public KafkaSettingsStore(Map<String, Object> common) {
        this(common, PATIENCE);
    }

    /** @param patience how long to wait for Kafka before giving up a call */
    KafkaSettingsStore(Map<String, Object> common, Duration patience) {
        SettingsClients clients = new SettingsClients(common);
        this.patience = patience;
        this.reader = new SettingsReader(clients.consumer("reader"), memory);
        this.writer = new SettingsWriter(clients.producer());
        this.artifacts = new ArtifactReader(clients.consumer("artifacts"), patience, KEPT_ARTIFACTS);
        this.offsets = clients.consumer("offsets");
    }

    /**
     * Starts reading; returns once everything written before the call is known.
     *
     * @throws SettingsUnavailableException when Kafka does not answer, or reading does not get any further
     */
    public void start() throws InterruptedException {
        reader.start(ends(), patience);
    }

    /** Why the settings are not to be relied on; empty when they are. */
    public List<String> notReady() {
        return reader.notReady();
    }

    @Override
    public Optional<Settings> current(SaasId saas) {
        return memory.current(saas);
    }

    @Override
    public Optional<Settings> freshest(SaasId saas) {
        await(ends());
        return memory.current(saas);
    }

    @Override
    public Optional<Settings> version(SaasId saas, long version) {
        return memory.version(saas, version);
    }

    @Override
    public String artifact(Settings.Artifact artifact) {
        return artifacts.kept(artifact).orElseGet(() -> fetch(artifact));
    }

    private String fetch(Settings.Artifact artifact) {
        String sha256 = artifact.sha256();
        if (memory.partsOf(sha256).isEmpty()) {
            // The two topics are read side by side: the settings that name it may be known first.
            await(ends());
        }
        for (int tries = 0; tries < TRIES; tries++) {
            long[] offsets = memory.partsOf(sha256)
                    .orElseThrow(() -> new IllegalStateException("artifact " + sha256 + " is not on "
                            + SettingsTopics.ARTIFACTS.name() + "; register it again"));
            Optional<String> text = artifacts.read(artifact, offsets);
            if (text.isPresent()) {
                return text.get();
            }
            // Compaction took these copies because there are newer ones: read on until we know where.
            await(ends());
        }
        throw new SettingsUnavailableException(
                "artifact " + sha256 + " moved " + TRIES + " times while it was read", null);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Artifacts first, all acknowledged, then the change that names them; answers once this instance's own reader has
     * passed them. The change carries the whole document, so that of two at once the later wins as a whole.
     */
    @Override
    public Settings put(Settings wanted, String template, String sql) {
        ArtifactParts templateParts = ArtifactParts.of(template);
        ArtifactParts sqlParts = ArtifactParts.of(sql);
        Settings described = wanted.with(templateParts.artifact(), sqlParts.artifact());
        Optional<Settings> before = freshest(wanted.saasId());
        writeUnlessIntact(templateParts);
        writeUnlessIntact(sqlParts);
        if (before.filter(described::saysTheSameAs).isPresent()) {
            return before.get();
        }
        await(Map.of(SettingsTopics.SETTINGS_PARTITION, writer.write(SettingsChange.to(described)) + 1));
        return memory.current(wanted.saasId()).orElseThrow();
    }

    /** Looks at the topic itself: registering the same text again is how a damaged artifact is mended. */
    private void writeUnlessIntact(ArtifactParts parts) {
        Settings.Artifact artifact = parts.artifact();
        try {
            if (memory.partsOf(artifact.sha256())
                    .flatMap(offsets -> artifacts.read(artifact, offsets))
                    .isPresent()) {
                return;
            }
        } catch (IllegalStateException e) {
            // Altered: written anew below.
        }
        await(Map.of(SettingsTopics.ARTIFACTS_PARTITION, writer.write(parts.records()) + 1));
    }

    private Map<TopicPartition, Long> ends() {
        synchronized (offsets) {
            try {
                return new HashMap<>(offsets.endOffsets(
                        List.of(SettingsTopics.ARTIFACTS_PARTITION, SettingsTopics.SETTINGS_PARTITION), patience));
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                throw new SettingsUnavailableException(
                        "Kafka did not say where the settings end: " + e.getMessage(), e);
            }
        }
    }

    private void await(Map<TopicPartition, Long> ends) {
        try {
            reader.awaitPassed(ends, patience);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
        artifacts.close();
        synchronized (offsets) {
            offsets.close(CloseOptions.timeout(SettingsClients.GOODBYE));
        }
    }
}
