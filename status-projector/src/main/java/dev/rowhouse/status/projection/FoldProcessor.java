package dev.rowhouse.status.projection;

import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.TenantStatus;
import dev.rowhouse.schema.TenantStatusChanged;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the rows and the counts of one partition. */
final class FoldProcessor extends ContextualProcessor<String, TenantStatusChanged, String, TenantStatus> {

    private static final Logger LOG = LoggerFactory.getLogger(FoldProcessor.class);

    private KeyValueStore<String, TenantStatus> rows;
    private KeyValueStore<String, StatusCounts> counts;

    @Override
    public void init(ProcessorContext<String, TenantStatus> context) {
        super.init(context);
        rows = context.getStateStore(StatusTopology.ROWS);
        counts = context.getStateStore(StatusTopology.COUNTS);
    }

    @Override
    public void process(Record<String, TenantStatusChanged> record) {
        TenantStatusChanged event = record.value();
        if (event == null) {
            return;
        }
        // The tenant_id in the value decides, as everywhere; the key is how the record came to this partition.
        String tenant = event.tenantId().value();
        TenantStatus before = rows.get(tenant);
        TenantStatus after = StatusFold.fold(before, event);
        if (after == before) {
            return;
        }
        if (event.sequence() != (before == null ? 0 : before.sequence()) + 1) {
            LOG.atWarn()
                    .addKeyValue("tenant", tenant)
                    .log("sequence {} follows {}", event.sequence(), before == null ? 0 : before.sequence());
        }
        rows.put(tenant, after);
        count(before, after);
        context()
                .forward(record.withKey(tenant)
                        .withValue(after)
                        .withHeaders(EventType.TENANT_STATUS.headers(
                                tenant + "/" + after.sequence(),
                                "/status-projector",
                                after.tenantId(),
                                after.updatedAt())));
    }

    private void count(TenantStatus before, TenantStatus after) {
        String saas = after.saasId().value();
        StatusCounts known = counts.get(saas);
        counts.put(saas, (known == null ? StatusCounts.NONE : known).moved(before, after));
    }
}
