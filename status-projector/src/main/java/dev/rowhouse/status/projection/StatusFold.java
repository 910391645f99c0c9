package dev.rowhouse.status.projection;

import dev.rowhouse.schema.TenantStatus;
import dev.rowhouse.schema.TenantStatusChanged;
import java.util.ArrayList;
import java.util.List;

/** Folds transitions into a row. Pure. */
final class StatusFold {

    private StatusFold() {}

    /**
     * The row after a transition; the very same row when the transition is a duplicate or comes after a later one.
     *
     * @param row null before the tenant's first
     */
    static TenantStatus fold(TenantStatus row, TenantStatusChanged event) {
        if (row != null && event.sequence() <= row.sequence()) {
            return row;
        }
        List<TenantStatus.Transition> history = new ArrayList<>(row == null ? List.of() : row.history());
        history.add(new TenantStatus.Transition(event.tenantOnboardingStatus(), event.attempt(), event.occurredAt()));
        return new TenantStatus(
                event.tenantId(),
                event.tenantName(),
                event.saasId(),
                event.attributes(),
                event.tenantOnboardingStatus(),
                event.attempt(),
                event.sequence(),
                event.occurredAt(),
                event.stackId(),
                event.failure(),
                history);
    }
}
