package dev.rowhouse.sql.engine;

import dev.rowhouse.sql.script.Script;
import java.util.function.IntConsumer;

/** A connection that has logged in. Used by one thread. */
public interface ScriptSession extends AutoCloseable {

    /** How running a script ended, if nothing failed. */
    enum Outcome {
        /** The ledger records every statement. */
        COMPLETE,
        /** Another owner is at it: nothing was done. */
        HELD_BY_ANOTHER
    }

    /**
     * Runs what the ledger does not record. To be repeated after a {@link PassingSqlFaultException}, on another session: a
     * statement that was committed, even if we were not told, is not run again.
     *
     * @param done told how many statements are done
     */
    Outcome run(Script script, IntConsumer done) throws FailedStatementException, PassingSqlFaultException;

    /** Never throws: what was open is rolled back by the server. */
    @Override
    void close();
}
