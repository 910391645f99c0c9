package dev.rowhouse.status;

import dev.rowhouse.schema.Topics;
import dev.rowhouse.service.http.Health;
import dev.rowhouse.service.http.Routes;
import dev.rowhouse.service.kafka.TopicPlan;
import dev.rowhouse.service.kafka.TopicSetup;
import dev.rowhouse.status.http.StatusRoutes;
import dev.rowhouse.status.query.StoreStatusTable;
import dev.rowhouse.status.runtime.ProjectorStreams;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The composition root: everything but the HTTP server, which may serve other services' routes too. */
public final class StatusProjector implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ProjectorStreams streams;
    private final Routes routes;

    private StatusProjector(ProjectorStreams streams, Routes routes) {
        this.streams = streams;
        this.routes = routes;
    }

    /** Creates the topics that are missing and starts projecting; ready when {@link #health} says so. */
    public static StatusProjector start(ProjectorConfig config) throws InterruptedException {
        int partitions = config.topics().partitions();
        Map<String, Integer> counts = new TopicSetup(config.kafka(), config.topics(), PATIENCE)
                .ensure(List.of(
                        TopicPlan.own(Topics.TENANT_STATUS_CHANGED, partitions),
                        TopicPlan.own(Topics.TENANT_STATUS, partitions)));
        ProjectorStreams streams = new ProjectorStreams(config);
        streams.start();
        return new StatusProjector(
                streams,
                new StatusRoutes(
                        new StoreStatusTable(streams.streams(), counts.get(Topics.TENANT_STATUS_CHANGED.name()))));
    }

    public Routes routes() {
        return routes;
    }

    public Health health() {
        return streams;
    }

    @Override
    public void close() {
        streams.close();
    }
}
