package dev.rowhouse.status.projection;

import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.OnboardingProgress;
import dev.rowhouse.schema.OnboardingStatus;
import dev.rowhouse.schema.TenantStatus;
import dev.rowhouse.schema.TenantStatusChanged;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rows and the counts of one partition. A record that is passed over is not lost: the topic keeps it, at the offset
 * the log names.
 */
final class FoldProcessor extends EventProcessor<TenantStatusChanged> {

    private static final Logger LOG = LoggerFactory.getLogger(FoldProcessor.class);

    private KeyValueStore<String, TenantStatus> rows;
    private KeyValueStore<String, StatusCounts> counts;
    private KeyValueStore<String, OnboardingProgress> ahead;

    FoldProcessor() {
        super(EventType.TENANT_STATUS_CHANGED, TenantStatusChanged::tenantId);
    }

    @Override
    public void init(ProcessorContext<String, TenantStatus> context) {
        super.init(context);
        rows = context.getStateStore(StatusTopology.ROWS);
        counts = context.getStateStore(StatusTopology.COUNTS);
        ahead = context.getStateStore(StatusTopology.AHEAD);
    }

    @Override
    void take(Record<String, byte[]> record, TenantStatusChanged event) {
        TenantStatus before = rows.get(record.key());
        Optional<TenantStatus> folded = StatusFold.fold(before, event);
        if (folded.isEmpty()) {
            LOG.debug("transition {} of {} changes nothing", event.sequence(), event.tenantId());
            return;
        }
        warnOfMissing(StatusFold.missingBefore(before, event), event);
        TenantStatus after = withWhatCameAhead(record.key(), folded.get());
        rows.put(record.key(), after);
        if (before != null) {
            count(before, StatusCounts::without);
        }
        count(after, StatusCounts::with);
        forward(record, after, event.occurredAt());
    }

    /** Nothing is kept of progress whose attempt the row has reached. */
    private TenantStatus withWhatCameAhead(String tenant, TenantStatus row) {
        OnboardingProgress progress = ahead.get(tenant);
        if (progress == null || ProgressFold.isAhead(row, progress)) {
            return row;
        }
        ahead.delete(tenant);
        return ProgressFold.fold(row, progress).orElse(row);
    }

    private void count(TenantStatus row, BiFunction<StatusCounts, OnboardingStatus, StatusCounts> change) {
        String saas = row.saasId().value();
        StatusCounts known = Objects.requireNonNullElse(counts.get(saas), StatusCounts.NONE);
        counts.put(saas, change.apply(known, row.tenantOnboardingStatus()));
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
}
