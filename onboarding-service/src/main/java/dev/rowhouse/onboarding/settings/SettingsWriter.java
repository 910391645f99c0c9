package dev.rowhouse.onboarding.settings;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Writes changes and artifacts, and answers when they are acknowledged. Thread-safe. */
final class SettingsWriter implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;

    SettingsWriter(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Writes an artifact's parts.
     *
     * @return the highest of their offsets
     * @throws SettingsUnavailableException when they are not all acknowledged; some may have been written
     */
    long write(List<ProducerRecord<byte[], byte[]>> parts) {
        List<Future<RecordMetadata>> writes = parts.stream().map(producer::send).toList();
        return writes.stream()
                .mapToLong(write -> acknowledged(write).offset())
                .max()
                .orElseThrow();
    }

    /**
     * Writes a change.
     *
     * @return its offset
     * @throws SettingsUnavailableException when it is not acknowledged; it may have been written all the same
     */
    long write(SettingsChange change) {
        String topic = SettingsTopics.SETTINGS.name();
        return acknowledged(producer.send(new ProducerRecord<>(
                        topic,
                        0,
                        change.saasId().value().getBytes(StandardCharsets.UTF_8),
                        SettingsTopics.SETTINGS.value().serializer().serialize(topic, change))))
                .offset();
    }

    private static RecordMetadata acknowledged(Future<RecordMetadata> write) {
        try {
            return write.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException refused) {
                throw new SettingsUnavailableException(
                        "Kafka did not acknowledge the settings: " + refused.getMessage(), refused);
            }
            throw new IllegalStateException("settings could not be written", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        producer.close(SettingsClients.GOODBYE);
    }
}
