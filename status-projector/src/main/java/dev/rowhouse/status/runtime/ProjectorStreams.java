package dev.rowhouse.status.runtime;

import dev.rowhouse.service.http.Health;
import dev.rowhouse.status.ProjectorConfig;
import dev.rowhouse.status.projection.StatusTopology;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topology, running. Thread-safe. */
public final class ProjectorStreams implements AutoCloseable, Health {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectorStreams.class);
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(8);

    private final KafkaStreams streams;

    public ProjectorStreams(ProjectorConfig config) {
        this.streams = new KafkaStreams(StatusTopology.build(), properties(config));
        streams.setUncaughtExceptionHandler(e -> {
            // What is committed is the truth: a new thread reads it and goes on.
            LOG.error("a stream thread died and is replaced", e);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    }

    public void start() {
        streams.start();
    }

    public KafkaStreams streams() {
        return streams;
    }

    @Override
    public List<String> notReady() {
        KafkaStreams.State state = streams.state();
        return state == KafkaStreams.State.RUNNING ? List.of() : List.of("the status table is " + state);
    }

    /** Leaves the group, so that others take over at once. */
    @Override
    public void close() {
        if (!streams.close(CloseOptions.timeout(CLOSES_WITHIN)
                .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP))) {
            LOG.warn("the stream threads did not end within {} s", CLOSES_WITHIN.toSeconds());
        }
    }

    /**
     * Exactly once: at least once would lose rows of the output topic in a crash between changelog and output, and would read
     * transitions whose transaction was aborted.
     */
    private static Properties properties(ProjectorConfig config) {
        Properties properties = new Properties();
        properties.putAll(config.kafka().clientProperties(config.applicationId()));
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDirectory().toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 1);
        properties.put(
                StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) config.topics().replicationFactor());
        // A transition that cannot be read is logged with topic, partition and offset; the others' rows go on.
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                LogAndContinueExceptionHandler.class.getName());
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        return properties;
    }
}
