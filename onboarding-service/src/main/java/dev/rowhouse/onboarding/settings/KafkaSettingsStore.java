package dev.rowhouse.onboarding.settings;

import dev.rowhouse.schema.SaasId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Settings on Kafka, as this instance has read them. Memory holds the settings; of the artifacts only where they stand: their
 * bodies are fetched when needed. Thread-safe.
 */
public final class KafkaSettingsStore implements SettingsStore, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Map<String, Object> common;
    private final SettingsMemory memory = new SettingsMemory();
    private final SettingsReader reader;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> fetcher;

    /** @param common connection settings, for every client */
    public KafkaSettingsStore(Map<String, Object> common) {
        this.common = Map.copyOf(common);
        this.reader = new SettingsReader(consumer(), memory);
        this.fetcher = consumer();
        this.producer = producer();
    }

    /** Starts reading; returns once everything written before the call is known. */
    public void start() throws InterruptedException {
        reader.start();
        reader.awaitPassed(ends(), PATIENCE);
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

    /** The offsets may be those of an older copy that compaction removes; then the newer copy is known by now. */
    @Override
    public String artifact(Settings.Artifact artifact) {
        String sha256 = artifact.sha256();
        if (memory.partsOf(sha256).isEmpty()) {
            // The two topics are read side by side: the settings that name it may be known first.
            await(ends());
        }
        long[] offsets = memory.partsOf(sha256)
                .orElseThrow(() -> new IllegalStateException("artifact " + sha256 + " is not on "
                        + SettingsTopics.ARTIFACTS.name() + "; register it again"));
        List<byte[]> parts = new ArrayList<>();
        for (int part = 0; part < offsets.length; part++) {
            parts.add(fetch(new ArtifactParts.Key(sha256, part), offsets[part]));
        }
        return ArtifactParts.join(sha256, parts);
    }

    /**
     * Registers settings. Artifacts first, all acknowledged, then the change that names them; answers once this instance's own
     * reader has passed it. Of two at once the later record wins, part by part.
     *
     * @param wanted its version and artifacts are ignored: they are given here
     * @return what is in force now; where nothing differs, nothing is written
     */
    public Settings put(Settings wanted, String template, String sql) {
        Settings described = new Settings(
                wanted.saasId(),
                0,
                wanted.enabled(),
                wanted.role(),
                ArtifactParts.describe(template),
                wanted.parameters(),
                ArtifactParts.describe(sql),
                wanted.database());
        SettingsChange change = Settings.difference(freshest(wanted.saasId()).orElse(null), described);
        if (change.isEmpty()) {
            return memory.current(wanted.saasId()).orElseThrow();
        }
        List<ProducerRecord<byte[], byte[]>> artifacts = new ArrayList<>();
        if (change.template() != null) {
            artifacts.addAll(ArtifactParts.records(template));
        }
        if (change.sql() != null) {
            artifacts.addAll(ArtifactParts.records(sql));
        }
        write(artifacts);
        RecordMetadata written = write(List.of(new ProducerRecord<>(
                SettingsTopics.SETTINGS.name(),
                0,
                wanted.saasId().value().getBytes(StandardCharsets.UTF_8),
                SettingsTopics.SETTINGS.value().serializer().serialize(SettingsTopics.SETTINGS.name(), change))));
        await(Map.of(SettingsTopics.SETTINGS_PARTITION, written.offset() + 1));
        return memory.current(wanted.saasId()).orElseThrow();
    }

    /** @return of the last record */
    private RecordMetadata write(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> writes =
                records.stream().map(producer::send).toList();
        RecordMetadata last = null;
        try {
            for (Future<RecordMetadata> write : writes) {
                last = write.get();
            }
            return last;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private byte[] fetch(ArtifactParts.Key key, long offset) {
        synchronized (fetcher) {
            TopicPartition partition = SettingsTopics.ARTIFACTS_PARTITION;
            fetcher.assign(List.of(partition));
            fetcher.seek(partition, offset);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : fetcher.poll(POLL)) {
                    if (ArtifactParts.Key.of(record.key()).equals(key)) {
                        return record.value();
                    }
                    throw new IllegalStateException("artifact part " + key + " is not at offset " + offset + " of "
                            + partition + " any more; a newer copy of it will be known in a moment");
                }
            }
            throw new TimeoutException("artifact part " + key + " was not read in time");
        }
    }

    private Map<TopicPartition, Long> ends() {
        synchronized (fetcher) {
            return new HashMap<>(fetcher.endOffsets(
                    List.of(SettingsTopics.ARTIFACTS_PARTITION, SettingsTopics.SETTINGS_PARTITION), PATIENCE));
        }
    }

    private void await(Map<TopicPartition, Long> ends) {
        try {
            reader.awaitPassed(ends, PATIENCE);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>(common);
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> config = new HashMap<>(common);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void close() {
        reader.close();
        producer.close(Duration.ofSeconds(2));
        synchronized (fetcher) {
            fetcher.close();
        }
    }
}
