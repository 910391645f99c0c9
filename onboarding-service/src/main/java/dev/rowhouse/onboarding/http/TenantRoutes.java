package dev.rowhouse.onboarding.http;

import dev.rowhouse.onboarding.EventSource;
import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.TenantCreated;
import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.Topics;
import dev.rowhouse.schema.UnreadableEventException;
import dev.rowhouse.service.http.Body;
import dev.rowhouse.service.http.ProblemException;
import dev.rowhouse.service.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /api/v1/tenants}: publishes {@code tenant-created}. */
public final class TenantRoutes implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(TenantRoutes.class);

    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /** @param producer that gives up within seconds ({@code max.block.ms}, {@code delivery.timeout.ms}): a caller waits */
    public TenantRoutes(Producer<byte[], byte[]> producer, Clock clock, Supplier<UUID> ids) {
        this.producer = producer;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.post("/api/v1/tenants", this::post);
    }

    private void post(Context context) throws IOException, InterruptedException {
        NewTenant asked = Body.json(context, NewTenant.class);
        TenantId tenant = asked.tenantId() != null ? asked.tenantId() : new TenantId("t-" + ids.get());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        publish(event(asked, tenant, now), now);
        context.status(202).header("Location", "/api/v1/tenants/" + tenant).json(Map.of("tenant_id", tenant));
    }

    private static TenantCreated event(NewTenant asked, TenantId tenant, Instant now) {
        try {
            return new TenantCreated(tenant, asked.tenantName(), asked.saasId(), asked.attributes(), now);
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
    }

    private void publish(TenantCreated event, Instant now) throws InterruptedException {
        TenantId tenant = event.tenantId();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topics.TENANT_CREATED.name(),
                null,
                null,
                tenant.value().getBytes(StandardCharsets.UTF_8),
                Topics.TENANT_CREATED.value().serializer().serialize(Topics.TENANT_CREATED.name(), event),
                EventType.TENANT_CREATED.headers(ids.get().toString(), EventSource.URI, tenant, now));
        refuseUnreadable(record);
        try {
            producer.send(record).get(ACKNOWLEDGED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.atWarn().addKeyValue("tenant", tenant).setCause(e).log("tenant-created was not acknowledged");
            throw new ProblemException(
                            503,
                            "Not acknowledged",
                            "Kafka did not acknowledge the event in time; it may have been accepted all the same. Send the"
                                    + " request again with this tenant_id: the same tenant again changes nothing.",
                            Map.of("tenant_id", tenant.value()))
                    .withHeader("Retry-After", "5");
        }
    }

    /** An event accepted here must not end as a dead letter there: it is read as the intake reads it. */
    private static void refuseUnreadable(ProducerRecord<byte[], byte[]> record) {
        try {
            EventType.TENANT_CREATED.read(record.headers(), record.value());
        } catch (UnreadableEventException e) {
            throw invalid("The event would be refused: " + e.getMessage());
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(400, "Invalid tenant", detail);
    }
}
