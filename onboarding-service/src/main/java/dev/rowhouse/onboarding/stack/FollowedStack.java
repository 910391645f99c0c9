package dev.rowhouse.onboarding.stack;

import dev.rowhouse.schema.Failure;
import java.time.Instant;

/** A stack that is being followed, and what its listener has heard. Confined to the watcher's look under way. */
final class FollowedStack {

    final StackWatch watch;
    private final StackListener listener;

    /** When to look at it again, at the latest. */
    Instant nextLook;

    /** When to look for its databases. */
    Instant nextDatabaseLook;

    /** Since when AWS does not know it; null while it does. */
    Instant missingSince;

    /** Whether the last list had it. */
    boolean listed;

    /** Whether it was last seen being created or updated, so that its databases may be coming. */
    boolean growing;

    private boolean databaseReady;

    FollowedStack(StackWatch watch, StackListener listener, Instant firstLook, Instant firstDatabaseLook) {
        this.watch = watch;
        this.listener = listener;
        this.nextLook = firstLook;
        this.nextDatabaseLook = firstDatabaseLook;
    }

    boolean wanted() {
        return watch.wanted().getAsBoolean();
    }

    boolean awaitsDatabases() {
        return !databaseReady && watch.databases().any();
    }

    void databaseReady() {
        if (!databaseReady) {
            databaseReady = true;
            listener.databaseReady();
        }
    }

    void refused(Failure refusal) {
        listener.refused(refusal);
    }

    void seen() {
        listener.seen();
    }

    void completed(StackOutputs outputs) {
        databaseReady();
        listener.completed(outputs);
    }

    void failed(Failure failure) {
        listener.failed(failure);
    }
}
