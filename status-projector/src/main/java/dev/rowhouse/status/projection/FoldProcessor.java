package dev.rowhouse.status.projection;

import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.OnboardingStatus;
import dev.rowhouse.schema.TenantStatus;
import dev.rowhouse.schema.TenantStatusChanged;
import dev.rowhouse.schema.UnreadableEventException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rows and the counts of one partition.
 *
 * <p>Takes bytes and decodes them itself: Streams' own handler for what cannot be decoded sees neither CloudEvents' type
 * nor a key that belongs to another tenant. Such a record is told as an error and passed over. It is not lost: the topic
 * keeps it, at the offset the log names.
 */
final class FoldProcessor extends ContextualProcessor<String, byte[], String, TenantStatus> {

    private static final Logger LOG = LoggerFactory.getLogger(FoldProcessor.class);
    private static final String SOURCE = "/status-projector";

    private KeyValueStore<String, TenantStatus> rows;
    private KeyValueStore<String, StatusCounts> counts;

    @Override
    public void init(ProcessorContext<String, TenantStatus> context) {
        super.init(context);
        rows = context.getStateStore(StatusTopology.ROWS);
        counts = context.getStateStore(StatusTopology.COUNTS);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        try {
            take(record, read(record));
        } catch (UnreadableEventException e) {
            LOG.atError()
                    .addKeyValue("tenant", record.key())
                    .addKeyValue("origin", origin())
                    .log("passed over a transition that cannot be read, {}: {}", e.code(), e.getMessage());
        }
    }

    private static TenantStatusChanged read(Record<String, byte[]> record) throws UnreadableEventException {
        TenantStatusChanged event = EventType.TENANT_STATUS_CHANGED.read(record.headers(), record.value());
        // A row under another tenant's key would be found by nobody, or by the wrong one.
        if (!event.tenantId().value().equals(record.key())) {
            throw new UnreadableEventException("wrong_key", "the key is not the tenant_id, " + event.tenantId());
        }
        return event;
    }

    private void take(Record<String, byte[]> record, TenantStatusChanged event) {
        TenantStatus before = rows.get(record.key());
        Optional<TenantStatus> folded = StatusFold.fold(before, event);
        if (folded.isEmpty()) {
            LOG.debug("transition {} of {} changes nothing", event.sequence(), event.tenantId());
            return;
        }
        warnOfMissing(StatusFold.missingBefore(before, event), event);
        TenantStatus after = folded.get();
        rows.put(record.key(), after);
        if (before != null) {
            count(before, StatusCounts::without);
        }
        count(after, StatusCounts::with);
        context().forward(output(record, after));
    }

    private void count(TenantStatus row, BiFunction<StatusCounts, OnboardingStatus, StatusCounts> change) {
        String saas = row.saasId().value();
        StatusCounts known = Objects.requireNonNullElse(counts.get(saas), StatusCounts.NONE);
        counts.put(saas, change.apply(known, row.tenantOnboardingStatus()));
    }

    private static Record<String, TenantStatus> output(Record<String, byte[]> record, TenantStatus row) {
        String id = row.tenantId() + "/" + row.sequence();
        return record.withValue(row)
                .withHeaders(EventType.TENANT_STATUS.headers(id, SOURCE, row.tenantId(), row.updatedAt()));
    }

    private void warnOfMissing(int missing, TenantStatusChanged event) {
        if (missing > 0) {
            LOG.atWarn()
                    .addKeyValue("tenant", event.tenantId())
                    .addKeyValue("saas", event.saasId())
                    .addKeyValue("stage", event.tenantOnboardingStatus().wire())
                    .addKeyValue("attempt", event.attempt())
                    .addKeyValue("origin", origin())
                    .log("{} transitions before sequence {} never came", missing, event.sequence());
        }
    }

    private String origin() {
        return context()
                .recordMetadata()
                .map(metadata -> metadata.topic() + "/" + metadata.partition() + "/" + metadata.offset())
                .orElse("unknown");
    }
}
