package dev.rowhouse.service.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers {@code host:port}, separated by commas
 * @param clientProperties what every client is given besides, from {@code rowhouse.kafka.*}: security above all
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> clientProperties) {

    private static final String PREFIX = "rowhouse.kafka.";
    private static final String BOOTSTRAP = PREFIX + "bootstrap.servers";

    /** What the services' promises rest on, and so set themselves. */
    private static final Set<String> DECIDED = Set.of(
            "acks",
            "auto.offset.reset",
            "client.id",
            "enable.auto.commit",
            "enable.idempotence",
            "group.id",
            "group.protocol",
            "isolation.level",
            "key.deserializer",
            "key.serializer",
            "partition.assignment.strategy",
            "processing.guarantee",
            "transactional.id",
            "value.deserializer",
            "value.serializer");

    public KafkaSettings {
        clientProperties = Map.copyOf(clientProperties);
    }

    /** A broker without security. */
    public static KafkaSettings at(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, Map.of());
    }

    /** Reads {@code rowhouse.kafka.bootstrap.servers} (required) and every other {@code rowhouse.kafka.*}. */
    public static KafkaSettings read(ConfigReader reader) {
        String servers = reader.text(
                BOOTSTRAP,
                null,
                "host:port, separated by commas",
                text -> text.matches("[^\\s,]+:\\d+(\\s*,\\s*[^\\s,]+:\\d+)*"));
        Map<String, String> properties = new HashMap<>(reader.prefixed(PREFIX));
        properties.remove("bootstrap.servers");
        properties.keySet().stream()
                .filter(DECIDED::contains)
                .sorted()
                .forEach(name -> reader.problem(
                        PREFIX + name, "is decided by the service, whose guarantees rest on it; leave it out"));
        return new KafkaSettings(servers == null ? "" : servers, properties);
    }

    /** What a client starts from; what the service decides is put on top, and so wins. */
    public Map<String, Object> clientProperties(String clientId) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("client.id", clientId);
        return properties;
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers + ", " + clientProperties.keySet() + "]";
    }
}
