package dev.rowhouse.sql.ledger;

import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptStatement;
import java.util.List;
import java.util.Optional;

/**
 * The database that a script runs on, over one session: its transactions, its statements and its ledger. Used by one thread.
 *
 * <p>Every method throws {@link PassingSqlFaultException} for what may be gone the next time, on another session, and {@link
 * FailedStatementException} for what will not.
 */
public interface ScriptDatabase {

    /** What the ledger records of a script; makes the ledger where there is none. */
    Standing standing(Script script) throws FailedStatementException, PassingSqlFaultException;

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
     * What is known of a statement that commits by itself, was started and has not been recorded as finished. Clears away what
     * half of it has left.
     *
     * @param before as {@link #stateBefore} told it then
     */
    Repetition repetition(ScriptStatement statement, Optional<String> before)
            throws FailedStatementException, PassingSqlFaultException;

    /** Runs such a statement again; an error that says that it is done is none. */
    void executeAgain(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException;

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
