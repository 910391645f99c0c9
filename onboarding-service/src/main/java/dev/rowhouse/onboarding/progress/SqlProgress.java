package dev.rowhouse.onboarding.progress;

import dev.rowhouse.schema.TenantId;

/** Where a step tells how far a script has come. Thread-safe; never waits and never throws. */
public interface SqlProgress {

    /**
     * Tells that a script has reached a statement.
     *
     * @param attempt whose script it is, from 1
     * @param statement from 1: it runs, or it failed, or it was the last and is done
     * @param statements how many the script has
     */
    void tell(TenantId tenant, int attempt, int statement, int statements);
}
