package dev.rowhouse.sql.ledger;

import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The transaction that is open, and the statements in it whose rows are still to be written: always in the transaction that
 * commits what they did, so that both happen or neither.
 *
 * <pre>
 *   NONE ──statement──▶ OURS ──rows, COMMIT──▶ NONE        autocommit on
 *   NONE ──statement──▶ SCRIPTS                            autocommit off
 *   NONE ──its BEGIN──▶ SCRIPTS ──rows, its COMMIT──▶ NONE
 *                       SCRIPTS ──its ROLLBACK, then rows in one of ours──▶ NONE
 * </pre>
 *
 * Used by one thread.
 */
final class Transactions {
    /** How long one of ours may last; statements of a second each do not wait for one another to be recorded. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private static final int MOST_STATEMENTS = 1_000;

    private enum Open {
        NONE,
        OURS,
        SCRIPTS,
        /** Ours, for the whole script. */
        WHOLE
    }

    private final Script script;
    private final ScriptDatabase database;
    private final Clock clock;
    private final List<LedgerEntry> unrecorded = new ArrayList<>();

    private Open open = Open.NONE;
    private boolean autocommit = true;
    private Instant began;
    private int beganInLine;

    Transactions(Script script, ScriptDatabase database, Clock clock) {
        this.script = script;
        this.database = database;
        this.clock = clock;
    }

    /** The whole script runs in a transaction that has been begun. */
    void holdTheWholeScript() {
        open = Open.WHOLE;
    }

    /** Makes sure that {@code statement} runs in a transaction. */
    void join(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        if (open == Open.NONE) {
            database.begin();
            began(autocommit ? Open.OURS : Open.SCRIPTS, statement);
        }
    }

    void add(LedgerEntry entry) {
        unrecorded.add(entry);
    }

    /** Whether one of ours has come to the size or age at which it should be committed. */
    boolean isFull() {
        return open == Open.OURS
                && (unrecorded.size() >= MOST_STATEMENTS
                        || Duration.between(began, clock.instant()).compareTo(LONGEST) >= 0);
    }

    /** Commits what is open, whosever it is, with its rows. */
    void commit() throws FailedStatementException, PassingSqlFaultException {
        commitAnd(() -> {});
    }

    /** Commits what is open, with its rows and one more write. */
    void commitAnd(Write last) throws FailedStatementException, PassingSqlFaultException {
        if (open == Open.NONE) {
            database.begin();
        }
        record();
        last.write();
        database.commit();
        open = Open.NONE;
    }

    /** Commits if there is anything to be committed. */
    void settle() throws FailedStatementException, PassingSqlFaultException {
        if (open != Open.NONE || !unrecorded.isEmpty()) {
            commit();
        }
    }

    /** Another row that must be in the transaction before the statement it is about. */
    void recordNow(Write write) throws FailedStatementException, PassingSqlFaultException {
        if (!unrecorded.isEmpty()) {
            // Not cleared: the script may take its transaction back, rows and all.
            database.record(script, unrecorded);
        }
        write.write();
    }

    /** After the script's BEGIN was run. */
    void scriptBegan(ScriptStatement begin) {
        began(Open.SCRIPTS, begin);
    }

    boolean isTheScripts() {
        return open == Open.SCRIPTS;
    }

    boolean isOfTheWholeScript() {
        return open == Open.WHOLE;
    }

    /** Writes the rows of the script's transaction; its COMMIT follows. */
    void record() throws FailedStatementException, PassingSqlFaultException {
        if (!unrecorded.isEmpty()) {
            database.record(script, unrecorded);
            unrecorded.clear();
        }
    }

    /** After the script's COMMIT or ROLLBACK was run; with AND CHAIN, the next one is open. */
    void scriptEnded(ScriptStatement end) throws PassingSqlFaultException {
        if (database.inTransaction()) {
            began(Open.SCRIPTS, end);
        } else {
            open = Open.NONE;
        }
    }

    /** After the server ended what was open unasked. */
    void ended() {
        open = Open.NONE;
    }

    void autocommitOff() {
        autocommit = false;
    }

    void autocommitOn() {
        autocommit = true;
    }

    /** The line in which a transaction of the script's began that is still open. */
    OptionalInt openSinceLine() {
        return open == Open.SCRIPTS ? OptionalInt.of(beganInLine) : OptionalInt.empty();
    }

    private void began(Open whose, ScriptStatement statement) {
        open = whose;
        began = clock.instant();
        beganInLine = statement.line();
    }

    /** A write to the ledger. */
    interface Write {
        void write() throws FailedStatementException, PassingSqlFaultException;
    }
}
