package dev.rowhouse.status.query;

import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.TenantStatus;
import dev.rowhouse.status.projection.StatusCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/**
 * The tenant status table. Thread-safe.
 *
 * <p>Shows transitions as soon as they are folded, a moment before that is committed: after a crash a row may step back
 * once, until the same transitions are folded again.
 */
public interface StatusTable {

    /**
     * The table as this instance's own stores hold it.
     *
     * @param partitions of {@code tenant-status-changed}
     */
    static StatusTable of(KafkaStreams streams, int partitions, CatchUp catchUp) {
        return new StoreStatusTable(streams, partitions, catchUp);
    }

    /**
     * A tenant's row; empty for a tenant nobody has heard of.
     *
     * @throws NotReadyException when this instance cannot tell
     */
    Optional<TenantStatus> row(TenantId tenant);

    /**
     * The first rows in the order of tenant_id.
     *
     * @throws NotReadyException when this instance does not hold every partition: a shorter list would be a wrong one
     */
    List<TenantStatus> rows(int atMost);

    /**
     * How many tenants of each SaaS stand where.
     *
     * @throws NotReadyException when this instance does not hold every partition: a smaller count would be a wrong one
     */
    Map<SaasId, StatusCounts> counts();
}
