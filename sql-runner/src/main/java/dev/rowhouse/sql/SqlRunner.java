package dev.rowhouse.sql;

/** Runs scripts in the background, each exactly once however often it is asked for. Thread-safe. */
public interface SqlRunner extends AutoCloseable {

    /**
     * Starts a run, or takes it on where an earlier one stopped: statements the tenant's ledger records are not run again.
     * Returns at once.
     */
    RunId start(SqlRun run);

    /**
     * How far a run has come. A run that ended may be forgotten after its end was told once.
     *
     * @throws IllegalArgumentException for a run this runner does not know
     */
    RunState poll(RunId id);

    /** Gives a run up: its connection is closed, its server rolls back what is open; harmless to a run that ended. */
    void cancel(RunId id);

    /** Gives every run up. */
    @Override
    void close();
}
