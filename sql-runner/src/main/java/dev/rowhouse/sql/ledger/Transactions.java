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
import java.util.regex.Pattern;

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

    private static final Pattern SET_TRANSACTION =
            Pattern.compile("SET\\s+(SESSION\\s+|LOCAL\\s+)?TRANSACTION\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern READ_ONLY = Pattern.compile("\\bREAD\\s+ONLY\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern READS = Pattern.compile("(SELECT|SHOW)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern ROLLBACK_TO = Pattern.compile("ROLLBACK\\b", Pattern.CASE_INSENSITIVE);

    private enum Open {
        NONE,
        OURS,
        SCRIPTS,
        /** The script's, and nothing can be written in it. */
        SCRIPTS_READ_ONLY,
        /** Ours, for the whole script. */
        WHOLE
    }

    private final Script script;
    private final ScriptDatabase database;
    private final Clock clock;
    private final List<LedgerEntry> unrecorded = new ArrayList<>();

    /** Of the unrecorded ones: those whose rows are in the script's transaction already, which it may take back. */
    private int written;

    private Open open = Open.NONE;
    private boolean autocommit = true;
    private boolean nextOnlyReads;
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

    boolean isOfTheWholeScript() {
        return open == Open.WHOLE;
    }

    boolean isTheScripts() {
        return open == Open.SCRIPTS || open == Open.SCRIPTS_READ_ONLY;
    }

    boolean isOurs() {
        return open == Open.OURS;
    }

    /** Makes sure that {@code statement} runs in a transaction: with autocommit off, in one that is the script's to end. */
    void join(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        boolean scripts = !autocommit && !READS.matcher(statement.text()).lookingAt();
        if (open == Open.NONE) {
            database.begin();
            began(scripts ? Open.SCRIPTS : Open.OURS, statement);
        } else if (open == Open.OURS && scripts) {
            began(Open.SCRIPTS, statement);
        }
        if (ROLLBACK_TO.matcher(statement.text()).lookingAt()) {
            // To a savepoint: rows that were written ahead may go with it.
            written = 0;
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
        commitWith(() -> {});
    }

    /** Commits what is open, with its rows and one more write; begins a transaction for them where none is. */
    void commitWith(Write last) throws FailedStatementException, PassingSqlFaultException {
        if (open == Open.SCRIPTS_READ_ONLY) {
            database.commit();
            open = Open.NONE;
        }
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

    /** Commits what is open; rows without a transaction wait for the next. */
    void close() throws FailedStatementException, PassingSqlFaultException {
        if (open != Open.NONE) {
            commit();
        }
    }

    boolean isReadOnly() {
        return open == Open.SCRIPTS_READ_ONLY;
    }

    /** Whether a statement is about this transaction, or the next one. */
    static boolean areSetBy(ScriptStatement statement) {
        return SET_TRANSACTION.matcher(statement.text()).lookingAt();
    }

    /** After a statement that may have made the script's transaction, or its next one, read-only. */
    void ran(ScriptStatement statement) {
        if (!areSetBy(statement) || !READ_ONLY.matcher(statement.text()).find()) {
            return;
        }
        if (open == Open.SCRIPTS) {
            open = Open.SCRIPTS_READ_ONLY;
        } else {
            nextOnlyReads = true;
        }
    }

    /** A row that must be in the transaction before the statement it is about, and those of the statements before. */
    void writeAhead(Write write) throws FailedStatementException, PassingSqlFaultException {
        if (written < unrecorded.size()) {
            database.record(script, unrecorded.subList(written, unrecorded.size()));
            // Not cleared: the script may take its transaction back, rows and all.
            written = unrecorded.size();
        }
        write.write();
    }

    /** After the script's BEGIN was run. */
    void scriptBegan(ScriptStatement begin) {
        boolean onlyReads = nextOnlyReads || READ_ONLY.matcher(begin.text()).find();
        began(onlyReads ? Open.SCRIPTS_READ_ONLY : Open.SCRIPTS, begin);
        nextOnlyReads = false;
    }

    /** Before the script's COMMIT: writes the rows of its transaction into it, if it can be written in. */
    void beforeScriptCommits() throws FailedStatementException, PassingSqlFaultException {
        if (open == Open.SCRIPTS) {
            record();
        }
    }

    /** After the script's COMMIT or ROLLBACK was run; with AND CHAIN, the next one is open. */
    void scriptEnded(ScriptStatement end) throws FailedStatementException, PassingSqlFaultException {
        written = 0;
        if (database.inTransaction()) {
            began(open, end);
        } else {
            open = Open.NONE;
        }
    }

    /** After the server ended what was open, unasked. */
    void ended() {
        open = Open.NONE;
    }

    /** Ends a transaction that was begun again, where the statement that did so then is not run again. */
    void endWhatWasBegunAgain() throws FailedStatementException, PassingSqlFaultException {
        if (database.inTransaction()) {
            database.commit();
        }
        open = Open.NONE;
    }

    void autocommitOff() {
        autocommit = false;
    }

    void autocommitOn() {
        autocommit = true;
    }

    boolean isAutocommitOff() {
        return !autocommit;
    }

    /** The line in which a transaction of the script's began that is still open. */
    OptionalInt openSinceLine() {
        return isTheScripts() ? OptionalInt.of(beganInLine) : OptionalInt.empty();
    }

    private void record() throws FailedStatementException, PassingSqlFaultException {
        if (!unrecorded.isEmpty()) {
            database.record(script, unrecorded);
            unrecorded.clear();
            written = 0;
        }
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
