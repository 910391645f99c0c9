package dev.rowhouse.status;

import dev.rowhouse.service.config.ConfigReader;
import dev.rowhouse.service.config.ConfigSources;
import dev.rowhouse.service.config.HttpSettings;
import dev.rowhouse.service.config.KafkaSettings;
import dev.rowhouse.service.config.TopicDefaults;
import dev.rowhouse.service.http.ApiKeys;
import java.nio.file.Path;

/**
 * The projector's configuration.
 *
 * @param kafka how to reach Kafka
 * @param topics how missing topics are created
 * @param http where to listen
 * @param keys that open the API
 * @param applicationId names the Streams application: its consumer group and its internal topics
 * @param stateDirectory where the stores are kept between starts
 */
public record ProjectorConfig(
        KafkaSettings kafka,
        TopicDefaults topics,
        HttpSettings http,
        ApiKeys keys,
        String applicationId,
        Path stateDirectory) {

    /** @throws dev.rowhouse.service.config.ConfigurationException naming every problem */
    public static ProjectorConfig read(ConfigSources sources) {
        ConfigReader reader = new ConfigReader(sources);
        ProjectorConfig config = new ProjectorConfig(
                KafkaSettings.read(reader),
                TopicDefaults.read(reader),
                HttpSettings.read(reader, 8081),
                ApiKeys.read(reader),
                reader.text("rowhouse.projector.application-id", "rowhouse-status-projector"),
                Path.of(reader.text("rowhouse.projector.state-directory", "data/status-projector")));
        reader.refuseProblems();
        return config;
    }
}
