package dev.rowhouse.status.projection;

import dev.rowhouse.schema.TenantStatus;
import dev.rowhouse.schema.TenantStatusChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Folds transitions into a row. Pure. */
final class StatusFold {

    private StatusFold() {}

    /**
     * The row after a transition; empty when the transition changes nothing: a duplicate, or one that comes after a later
     * one. A transition that skips others is taken: the newest truth beats none. The script's progress stays within its
     * attempt.
     *
     * @param row null before the tenant's first
     */
    static Optional<TenantStatus> fold(TenantStatus row, TenantStatusChanged event) {
        if (event.sequence() <= sequenceOf(row)) {
            return Optional.empty();
        }
        return Optional.of(new TenantStatus(
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
                row != null && row.attempt() == event.attempt() ? row.sqlProgress() : null,
                longer(row, event)));
    }

    /** How many transitions between the row and the event never came. */
    static int missingBefore(TenantStatus row, TenantStatusChanged event) {
        return Math.max(0, event.sequence() - sequenceOf(row) - 1);
    }

    private static int sequenceOf(TenantStatus row) {
        return row == null ? 0 : row.sequence();
    }

    private static List<TenantStatus.Transition> longer(TenantStatus row, TenantStatusChanged event) {
        List<TenantStatus.Transition> history = new ArrayList<>(row == null ? List.of() : row.history());
        history.add(new TenantStatus.Transition(event.tenantOnboardingStatus(), event.attempt(), event.occurredAt()));
        return history;
    }
}
