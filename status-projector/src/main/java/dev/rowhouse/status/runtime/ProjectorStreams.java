package dev.rowhouse.status.runtime;

import dev.rowhouse.service.health.Health;
import dev.rowhouse.status.ProjectorConfig;
import dev.rowhouse.status.projection.StatusTopology;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topology, running. Thread-safe. */
public final class ProjectorStreams implements AutoCloseable, Health {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectorStreams.class);
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(8);

    private final KafkaStreams streams;
    private final CompletableFuture<Throwable> fault = new CompletableFuture<>();

    /** @throws org.apache.kafka.streams.errors.StreamsException when the state directory cannot be used */
    public ProjectorStreams(ProjectorConfig config) {
        this.streams = new KafkaStreams(StatusTopology.build(), StreamsSettings.of(config));
        streams.setUncaughtExceptionHandler(this::threadEnded);
    }

    public void start() {
        streams.start();
    }

    public KafkaStreams streams() {
        return streams;
    }

    /** Completed with what stopped the projector for good; never when it is closed in good order. */
    public CompletableFuture<Throwable> fault() {
        return fault;
    }

    @Override
    public List<String> notReady() {
        KafkaStreams.State state = streams.state();
        return state == KafkaStreams.State.RUNNING ? List.of() : List.of("the status table is " + state);
    }

    private StreamThreadExceptionResponse threadEnded(Throwable e) {
        if (StreamFault.of(e) == StreamFault.PASSING) {
            LOG.warn("a stream thread gave up and is replaced", e);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        LOG.error("the status table stops: a new thread would meet the same", e);
        fault.complete(e);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** Leaves the group, so that others take over at once. */
    @Override
    public void close() {
        if (!streams.close(CloseOptions.timeout(CLOSES_WITHIN)
                .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP))) {
            LOG.warn("the stream threads did not end within {} s", CLOSES_WITHIN.toSeconds());
        }
    }
}
