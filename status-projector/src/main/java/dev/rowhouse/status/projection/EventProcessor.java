package dev.rowhouse.status.projection;

import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.TenantStatus;
import dev.rowhouse.schema.UnreadableEventException;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the events of one topic and passes rows on.
 *
 * <p>Takes bytes and decodes them itself: Streams' own handler for what cannot be decoded sees neither CloudEvents' type
 * nor a key that belongs to another tenant. Such a record is told as an error and passed over.
 */
abstract class EventProcessor<E> extends ContextualProcessor<String, byte[], String, TenantStatus> {

    private static final Logger LOG = LoggerFactory.getLogger(EventProcessor.class);
    private static final String SOURCE = "/status-projector";

    private final EventType<E> type;
    private final Function<E, TenantId> tenantOf;

    EventProcessor(EventType<E> type, Function<E, TenantId> tenantOf) {
        this.type = type;
        this.tenantOf = tenantOf;
    }

    @Override
    public final void process(Record<String, byte[]> record) {
        try {
            take(record, read(record));
        } catch (UnreadableEventException e) {
            LOG.atError()
                    .addKeyValue("tenant", record.key())
                    .addKeyValue("origin", origin())
                    .log("passed over a record that cannot be read, {}: {}", e.code(), e.getMessage());
        }
    }

    private E read(Record<String, byte[]> record) throws UnreadableEventException {
        E event = type.read(record.headers(), record.value());
        TenantId tenant = tenantOf.apply(event);
        // A row under another tenant's key would be found by nobody, or by the wrong one.
        if (!tenant.value().equals(record.key())) {
            throw new UnreadableEventException("wrong_key", "the key is not the tenant_id, " + tenant);
        }
        return event;
    }

    abstract void take(Record<String, byte[]> record, E event);

    /**
     * Passes a row on.
     *
     * @param cause the record that changed it
     * @param time when that occurred
     */
    final void forward(Record<String, byte[]> cause, TenantStatus row, Instant time) {
        context()
                .forward(cause.withValue(row)
                        .withHeaders(EventType.TENANT_STATUS.headers(id(row), SOURCE, row.tenantId(), time)));
    }

    /** Each transition gives one row, and each statement reached since then another. */
    private static String id(TenantStatus row) {
        String id = row.tenantId() + "/" + row.sequence();
        return row.sqlProgress() == null ? id : id + "/" + row.sqlProgress().statement();
    }

    final String origin() {
        return context()
                .recordMetadata()
                .map(metadata -> metadata.topic() + "/" + metadata.partition() + "/" + metadata.offset())
                .orElse("unknown");
    }
}
