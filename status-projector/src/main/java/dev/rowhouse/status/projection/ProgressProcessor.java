package dev.rowhouse.status.projection;

import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.OnboardingProgress;
import dev.rowhouse.schema.TenantStatus;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Puts progress on the rows of one partition. Two topics have no common order: progress that comes before the row of its
 * attempt is kept until {@link FoldProcessor} makes that row, since a script's last progress has no next to wait for.
 */
final class ProgressProcessor extends EventProcessor<OnboardingProgress> {

    private KeyValueStore<String, TenantStatus> rows;
    private KeyValueStore<String, OnboardingProgress> ahead;

    ProgressProcessor() {
        super(EventType.ONBOARDING_PROGRESS, OnboardingProgress::tenantId);
    }

    @Override
    public void init(ProcessorContext<String, TenantStatus> context) {
        super.init(context);
        rows = context.getStateStore(StatusTopology.ROWS);
        ahead = context.getStateStore(StatusTopology.AHEAD);
    }

    @Override
    void take(Record<String, byte[]> record, OnboardingProgress progress) {
        TenantStatus row = rows.get(record.key());
        if (ProgressFold.isAhead(row, progress)) {
            ahead.put(record.key(), ProgressFold.further(ahead.get(record.key()), progress));
            return;
        }
        ProgressFold.fold(row, progress).ifPresent(after -> {
            rows.put(record.key(), after);
            forward(record, after, progress.occurredAt());
        });
    }
}
