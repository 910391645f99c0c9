package dev.rowhouse.sql.ledger;

import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptStatement;
import java.util.List;
import java.util.Optional;

/**
 * The database that a script runs on, over one session: its transactions, its statements and its ledger. Nothing is open when
 * it is handed over, unless the whole script is one transaction. Used by one thread.
 *
 * <p>Every method throws {@link PassingSqlFaultException} for what may be gone the next time, on another session, and {@link
 * FailedStatementException} for what will not.
 */
public interface ScriptDatabase {

    /** What the ledger records of a script. */
    Standing standing(Script script) throws FailedStatementException, PassingSqlFaultException;

    /** Another script that was begun here and is not complete; the last one, where there are several. */
    Optional<BegunScript> begunBefore(Script script) throws FailedStatementException, PassingSqlFaultException;

    /** Makes rows of one script those of another, within the open transaction. */
    void rename(BegunScript begun, Script script) throws FailedStatementException, PassingSqlFaultException;

    void begin() throws FailedStatementException, PassingSqlFaultException;

    void commit() throws FailedStatementException, PassingSqlFaultException;

    /** Whether a statement that cannot be rolled back commits what is open (MySQL), or is refused there (PostgreSQL). */
    boolean commitsImplicitly();

    /** Whether the server says that a transaction is open. */
    boolean inTransaction() throws PassingSqlFaultException;

    /** Runs a statement as it stands. */
    void execute(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException;

    /**
     * What tells whether a statement that commits by itself has happened, where its own error would not tell: the state of the
     * thing it changes. To be asked before the statement is run.
     */
    Optional<String> stateBefore(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException;

    /**
     * Runs a statement that commits by itself and was started before, if it has not happened yet. That it has happened shows in
     * what it changes, or in its failing as something that is done already.
     *
     * @param before as {@link #stateBefore} told it then
     */
    void executeUnlessDone(ScriptStatement statement, Optional<String> before)
            throws FailedStatementException, PassingSqlFaultException;

    /**
     * Writes rows, within the open transaction, in place of rows of the same statements.
     *
     * @throws PassingSqlFaultException also when another owner has taken the lock from us
     */
    void record(Script script, List<LedgerEntry> entries) throws FailedStatementException, PassingSqlFaultException;

    /** Writes that a statement is about to be run, within the open transaction. */
    void recordStarted(Script script, ScriptStatement statement, Optional<String> before)
            throws FailedStatementException, PassingSqlFaultException;

    /** Takes {@link #recordStarted} back, within the open transaction. */
    void forgetStarted(Script script, ScriptStatement statement)
            throws FailedStatementException, PassingSqlFaultException;

    /** The failure of a statement, in our words. */
    FailedStatementException failed(ScriptStatement statement, String message);
}
