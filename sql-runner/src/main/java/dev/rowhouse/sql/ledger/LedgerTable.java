package dev.rowhouse.sql.ledger;

import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The table that says what has been run on a database, kept in it, and the lock that its owners take turns by. Writes are made in
 * the open transaction. Used by one thread.
 */
public interface LedgerTable {

    /** Takes the lock, unless another session has it; taking it once more is harmless. */
    boolean lock() throws SQLException;

    /** Whether the lock is still ours: a script may give back what its session holds. */
    boolean isLocked() throws SQLException;

    /** The last statement that is recorded as finished, whoever did it, as it is now; 0 for none. */
    int lastFinished(Script script) throws SQLException;

    void createIfMissing() throws SQLException;

    Standing standing(Script script) throws SQLException;

    /** Another script that was begun and is not complete; the last one, where there are several. */
    Optional<BegunScript> begunBefore(Script script) throws SQLException;

    /** Whether a script's rows have become another one's. */
    boolean wasContinuedAsAnother(Script script) throws SQLException;

    /** Makes the rows of one script those of another, and remembers it. */
    void rename(BegunScript begun, Script script, Instant now) throws SQLException;

    boolean recordsOtherThan(Script script) throws SQLException;

    /** Writes rows, in place of rows of the same statements. */
    void record(Script script, List<LedgerEntry> entries) throws SQLException;

    void recordStarted(Script script, ScriptStatement statement, Optional<String> before, Instant now)
            throws SQLException;

    /** Takes {@link #recordStarted} back. */
    void forgetStarted(Script script, ScriptStatement statement) throws SQLException;
}
