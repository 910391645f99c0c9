package dev.rowhouse.status;

import dev.rowhouse.schema.Topics;
import dev.rowhouse.service.health.Health;
import dev.rowhouse.service.http.Routes;
import dev.rowhouse.service.kafka.TopicPlan;
import dev.rowhouse.service.kafka.TopicSetup;
import dev.rowhouse.status.http.StatusRoutes;
import dev.rowhouse.status.query.CatchUp;
import dev.rowhouse.status.query.StatusTable;
import dev.rowhouse.status.runtime.ProjectorStreams;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The composition root: everything but the HTTP server, which may serve other services' routes too. Thread-safe. */
public final class StatusProjector implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ProjectorStreams streams;
    private final CatchUp catchUp;
    private final StatusTable table;

    private StatusProjector(ProjectorStreams streams, CatchUp catchUp, int partitions) {
        this.streams = streams;
        this.catchUp = catchUp;
        this.table = StatusTable.of(streams.streams(), partitions, catchUp);
    }

    /**
     * Creates the topics that are missing and starts projecting; ready when {@link #health} says so.
     *
     * @throws dev.rowhouse.service.kafka.KafkaUnreachableException when no broker answers
     * @throws dev.rowhouse.service.kafka.UnusableTopicsException when an existing topic cannot work
     * @throws org.apache.kafka.streams.errors.StreamsException when the state directory cannot be used
     */
    public static StatusProjector start(ProjectorConfig config) throws InterruptedException {
        String transitions = Topics.TENANT_STATUS_CHANGED.name();
        int partitions = createTopics(config).get(transitions);
        ProjectorStreams streams = new ProjectorStreams(config);
        CatchUp catchUp = new CatchUp(
                config.kafka().clientProperties(config.applicationId() + "-catch-up"),
                config.applicationId(),
                transitions,
                partitions);
        catchUp.start();
        streams.start();
        return new StatusProjector(streams, catchUp, partitions);
    }

    private static Map<String, Integer> createTopics(ProjectorConfig config) throws InterruptedException {
        int partitions = config.topics().partitions();
        return new TopicSetup(config.kafka(), config.topics(), PATIENCE)
                .ensure(List.of(
                        TopicPlan.own(Topics.TENANT_STATUS_CHANGED, partitions),
                        TopicPlan.own(Topics.ONBOARDING_PROGRESS, partitions),
                        TopicPlan.own(Topics.TENANT_STATUS, partitions)));
    }

    /** {@code /api/v1/tenants…}, to be served by any {@link dev.rowhouse.service.http.ApiServer}. */
    public Routes routes() {
        return new StatusRoutes(table);
    }

    /** Ready when the stores are open and hold all that was on the topic when this instance started. */
    public Health health() {
        return () -> {
            List<String> reasons = streams.notReady();
            return !reasons.isEmpty() || catchUp.isDone()
                    ? reasons
                    : List.of("the status table has not yet read all that was written before this instance started");
        };
    }

    /** Completed with what stopped the projector for good; the process should end then, with an exit code of its own. */
    public CompletableFuture<Throwable> fault() {
        return streams.fault();
    }

    @Override
    public void close() {
        catchUp.close();
        streams.close();
    }
}
