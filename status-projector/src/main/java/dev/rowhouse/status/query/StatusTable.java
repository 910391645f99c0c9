package dev.rowhouse.status.query;

import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.TenantStatus;
import java.util.List;
import java.util.Optional;

/** The tenant status table. Thread-safe. */
public interface StatusTable {

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
}
