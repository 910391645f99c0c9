package dev.rowhouse.onboarding.settings;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes the clients for the settings topics.
 *
 * @param common connection settings, for every client
 */
record SettingsClients(Map<String, Object> common) {

    SettingsClients {
        common = Map.copyOf(common);
    }

    /** How long a client may take over its goodbye: a broker that hangs must not hold up the end of this process. */
    static final Duration GOODBYE = Duration.ofSeconds(2);

    /** Without a group: every instance reads everything, and remembers nowhere how far it came. */
    Consumer<byte[], byte[]> consumer(String role) {
        Map<String, Object> config = named(role);
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        // Both places read from are told explicitly; being told silently of another would spoil the count of versions.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Gives up while whoever sent the request is still waiting for the answer. */
    Producer<byte[], byte[]> producer() {
        Map<String, Object> config = named("writer");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> named(String role) {
        Map<String, Object> config = new HashMap<>(common);
        config.put("client.id", "rowhouse-settings-" + role);
        return config;
    }
}
