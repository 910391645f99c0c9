package dev.rowhouse.status.runtime;

import dev.rowhouse.service.config.TopicDefaults;
import dev.rowhouse.status.ProjectorConfig;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka Streams runs with. */
final class StreamsSettings {

    private static final int SESSION_MS = 10_000;
    private static final int COMMIT_MS = 100;

    private StreamsSettings() {}

    static Properties of(ProjectorConfig config) {
        Properties settings = new Properties();
        settings.putAll(config.kafka().clientProperties(config.applicationId()));
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDirectory().toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        config.advertisedAddress().ifPresent(address -> settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, address));
        guarantees(settings);
        group(settings);
        internalTopics(settings, config.topics());
        return settings;
    }

    /**
     * At least once would lose rows of the output topic in a crash between changelog and output, and would read
     * transitions whose transaction was aborted.
     */
    private static void guarantees(Properties settings) {
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MS);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    }

    /**
     * The classic protocol: with Streams' own, the broker decides on standbys and ignores what is asked here. An instance
     * that dies unsaid is replaced after the session's timeout.
     */
    private static void group(Properties settings) {
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 1);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MS);
    }

    private static void internalTopics(Properties settings, TopicDefaults topics) {
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) topics.replicationFactor());
        settings.put(
                StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
                Integer.toString(topics.minInSyncReplicas()));
    }
}
