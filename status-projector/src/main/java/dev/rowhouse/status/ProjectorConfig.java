package dev.rowhouse.status;

import dev.rowhouse.service.config.ConfigReader;
import dev.rowhouse.service.config.ConfigSources;
import dev.rowhouse.service.config.HttpSettings;
import dev.rowhouse.service.config.KafkaSettings;
import dev.rowhouse.service.config.TopicDefaults;
import dev.rowhouse.service.http.ApiKeys;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The projector's configuration.
 *
 * @param kafka how to reach Kafka
 * @param topics how missing topics are created
 * @param http where to listen
 * @param keys that open the API
 * @param applicationId names the Streams application: its consumer group and its internal topics
 * @param stateDirectory where the stores are kept between starts; one instance's own
 * @param threads how many stream threads share the partitions
 * @param advertisedAddress {@code host:port} at which the other instances reach this one
 */
public record ProjectorConfig(
        KafkaSettings kafka,
        TopicDefaults topics,
        HttpSettings http,
        ApiKeys keys,
        String applicationId,
        Path stateDirectory,
        int threads,
        Optional<String> advertisedAddress) {

    private static final String PREFIX = "rowhouse.projector.";
    private static final String ADVERTISED = PREFIX + "advertised-address";

    /** @throws dev.rowhouse.service.config.ConfigurationException naming every problem */
    public static ProjectorConfig read(ConfigSources sources) {
        ConfigReader reader = new ConfigReader(sources);
        ProjectorConfig config = new ProjectorConfig(
                KafkaSettings.read(reader),
                TopicDefaults.read(reader),
                HttpSettings.read(reader, 8081),
                ApiKeys.read(reader),
                // What Kafka allows in a topic's name, less the room for what Streams appends.
                reader.text(
                        PREFIX + "application-id",
                        "rowhouse-status-projector",
                        "1 to 200 of A-Z a-z 0-9 . _ -",
                        text -> text.matches("[A-Za-z0-9._-]{1,200}")),
                Path.of(reader.text(PREFIX + "state-directory", "data/status-projector")),
                reader.integer(PREFIX + "threads", 1, 64, 1),
                advertisedAddress(reader));
        reader.refuseProblems();
        return config;
    }

    private static Optional<String> advertisedAddress(ConfigReader reader) {
        Optional<String> address = reader.optionalText(ADVERTISED);
        address.filter(text -> !text.matches("[^\\s:/]+:\\d{1,5}"))
                .ifPresent(text -> reader.problem(ADVERTISED, "is '" + text + "'; allowed is host:port"));
        return address;
    }
}
