package dev.rowhouse.onboarding.lifecycle;

import dev.rowhouse.schema.TenantStatusChanged;
import java.util.List;

/**
 * What follows from a signal: written in one transaction, then applied.
 *
 * @param next the onboarding's new state, for the journal; null when nothing changes
 * @param events one for each status entered, in order
 * @param conflict why the input that led here is turned away as a dead letter; null when it is not
 */
public record Decision(Onboarding next, List<TenantStatusChanged> events, String conflict) {

    /** Nothing follows. */
    public static final Decision NOTHING = new Decision(null, List.of(), null);

    public Decision {
        events = List.copyOf(events);
    }

    static Decision to(Onboarding next, List<TenantStatusChanged> events) {
        return new Decision(next, events, null);
    }

    static Decision conflict(String reason) {
        return new Decision(null, List.of(), reason);
    }
}
