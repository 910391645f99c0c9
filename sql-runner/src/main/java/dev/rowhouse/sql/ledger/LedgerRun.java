package dev.rowhouse.sql.ledger;

import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.ledger.Standing.Started;
import dev.rowhouse.sql.script.Kind;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptReader;
import dev.rowhouse.sql.script.ScriptStatement;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;

/**
 * Runs the statements of a script that its ledger does not record, in order, on one session that holds the lock. Whenever the
 * session ends, another one goes on from the ledger:
 *
 * <ul>
 *   <li>what can be rolled back has its row in its own transaction, so both are there or neither;
 *   <li>what commits by itself is recorded as started before and as finished after; in between, a second try finds out whether it
 *       has happened;
 *   <li>what may commit, but nobody can tell, is recorded as started in the transaction it is run in: so the row is there exactly
 *       if it has committed, and then the script is not gone on with;
 *   <li>what sets the session up is run again on each session.
 * </ul>
 */
public final class LedgerRun {
    private static final Pattern LOCK_TABLES = Pattern.compile("\\bLOCK\\s+TABLES?\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern SET_FOR_A_TRANSACTION =
            Pattern.compile("SET\\s+(LOCAL|TRANSACTION|CONSTRAINTS)\\b", Pattern.CASE_INSENSITIVE);

    private final Script script;
    private final ScriptDatabase database;
    private final Clock clock;
    private final IntConsumer done;
    private final Transactions transactions;
    private final SessionValues values;
    private int resumedAfter;

    private LedgerRun(Script script, ScriptDatabase database, Clock clock, IntConsumer done, SessionValues values) {
        this.script = script;
        this.database = database;
        this.clock = clock;
        this.done = done;
        this.transactions = new Transactions(script, database, clock);
        this.values = values;
    }

    /** Runs a script of which nothing is recorded in one transaction, which is open and is committed at the end. */
    public static void inOneTransaction(Script script, ScriptDatabase database, Clock clock, IntConsumer done)
            throws FailedStatementException, PassingSqlFaultException {
        LedgerRun run = new LedgerRun(script, database, clock, done, SessionValues.NONE);
        run.transactions.holdTheWholeScript();
        run.from(Standing.EMPTY);
    }

    /**
     * Runs what is not recorded, each statement as it comes; no transaction is open.
     *
     * @param begun another script that was begun here, if {@code standing} is empty
     */
    public static void statementByStatement(
            Script script,
            Standing standing,
            Optional<BegunScript> begun,
            ScriptDatabase database,
            Clock clock,
            IntConsumer done)
            throws FailedStatementException, PassingSqlFaultException {
        if (begun.isPresent()) {
            MendedScript.takeOver(script, begun.get(), database);
            statementByStatement(script, database.standing(script), Optional.empty(), database, clock, done);
            return;
        }
        requireThatTransactionsEnd(UnendedTransaction.line(script, database.commitsImplicitly()));
        new LedgerRun(script, database, clock, done, SessionValues.of(script)).from(standing);
    }

    private void from(Standing standing) throws FailedStatementException, PassingSqlFaultException {
        resumedAfter = standing.finished();
        FinishedStatements finished = new FinishedStatements(script, standing, database, transactions, values);
        try (ScriptReader reader = script.open()) {
            while (reader.hasNext()) {
                ScriptStatement statement = reader.next();
                if (statement.index() <= standing.finished()) {
                    finished.repeat(statement);
                } else {
                    goOn(statement, standing, finished);
                }
                done.accept(statement.index());
            }
        }
        // With AND CHAIN, one begins that was not to be seen before.
        requireThatTransactionsEnd(transactions.openSinceLine());
        transactions.settle();
    }

    private void goOn(ScriptStatement statement, Standing standing, FinishedStatements finished)
            throws FailedStatementException, PassingSqlFaultException {
        boolean first = statement.index() == standing.finished() + 1;
        Optional<Started> started = first ? standing.started() : Optional.empty();
        boolean isTold = started.isPresent() && statement.kind() != Kind.COMMITS;
        if (first && !isTold) {
            finished.requireThatNothingIsLostTo(statement);
        }
        if (started.isPresent()) {
            take(statement, started.get());
        } else {
            run(statement);
        }
    }

    private void run(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        switch (statement.kind()) {
            case TRANSACTIONAL -> inTransaction(statement);
            case COMMITS -> byItself(statement);
            case OPAQUE -> watched(statement);
            case SESSION -> setting(statement);
            case BEGIN -> begin(statement);
            case COMMIT -> commit(statement);
            case ROLLBACK -> rollback(statement);
            case AUTOCOMMIT_OFF -> {
                commitOurs();
                execute(statement);
                transactions.autocommitOff();
            }
            case AUTOCOMMIT_ON -> {
                commitOurs();
                if (transactions.isAutocommitOff()) {
                    // It commits.
                    transactions.close();
                }
                execute(statement);
                transactions.autocommitOn();
            }
            case PASSED_OVER -> passOver(statement);
        }
    }

    private void passOver(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        if (transactions.isTheScripts() && LOCK_TABLES.matcher(statement.text()).find()) {
            // It would have committed.
            transactions.close();
        }
        transactions.add(entry(statement, clock.instant()));
    }

    /** Outside of transactions of ours, as far as may be: some settings are refused inside. */
    private void setting(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        if (values.endsWhatIsNotThere(statement.index(), resumedAfter)) {
            transactions.add(entry(statement, clock.instant()));
            return;
        }
        if (Transactions.areSetBy(statement) || mayPartBefore(statement)) {
            commitOurs();
        }
        if (values.dependsOnData(statement.index())) {
            // A function that it calls may write.
            transactions.join(statement);
        }
        execute(statement);
    }

    private void commitOurs() throws FailedStatementException, PassingSqlFaultException {
        if (transactions.isOurs()) {
            transactions.commit();
        }
    }

    private boolean mayPartBefore(ScriptStatement statement) {
        return values.mayPartBefore(statement.index());
    }

    private void inTransaction(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        if (SET_FOR_A_TRANSACTION.matcher(statement.text()).lookingAt()
                && !transactions.isTheScripts()
                && !transactions.isOfTheWholeScript()) {
            // Of no effect outside of the script's own transactions.
            transactions.add(entry(statement, clock.instant()));
            return;
        }
        if (transactions.isFull() && mayPartBefore(statement)) {
            transactions.commit();
        }
        transactions.join(statement);
        execute(statement);
        if (!database.inTransaction()) {
            endedBy(statement);
        }
    }

    /** It was not to be foreseen. What it committed has no row yet, and gets it at once. */
    private void endedBy(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        if (transactions.isOfTheWholeScript()) {
            throw database.failed(statement, "it ended the transaction that holds the whole script");
        }
        transactions.ended();
        transactions.settle();
    }

    private void byItself(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        if (transactions.isTheScripts() && database.inTransaction() && !database.commitsImplicitly()) {
            // The server says best why not.
            execute(statement);
            return;
        }
        Optional<String> before = database.stateBefore(statement);
        transactions.commitWith(() -> database.recordStarted(script, statement, before));
        finish(statement, () -> database.execute(statement));
    }

    private void finish(ScriptStatement statement, Transactions.Write execution)
            throws FailedStatementException, PassingSqlFaultException {
        Instant started = clock.instant();
        try {
            execution.write();
        } catch (FailedStatementException e) {
            forget(statement, e);
            throw e;
        }
        transactions.add(entry(statement, started));
        transactions.commit();
    }

    /** Otherwise a second run of the script took the statement's error for its being done already. */
    private void forget(ScriptStatement statement, FailedStatementException failure) throws PassingSqlFaultException {
        try {
            transactions.commitWith(() -> database.forgetStarted(script, statement));
        } catch (FailedStatementException e) {
            failure.addSuppressed(e);
        }
    }

    private void watched(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        // It may take back what is open, or commit it.
        commitOurs();
        transactions.join(statement);
        if (!transactions.isReadOnly()) {
            transactions.writeAhead(() -> database.recordStarted(script, statement, Optional.empty()));
        }
        execute(statement);
        if (!database.inTransaction()) {
            transactions.ended();
        }
        if (!transactions.isTheScripts()) {
            transactions.settle();
        }
    }

    private void begin(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        if (transactions.isTheScripts() && !database.commitsImplicitly()) {
            execute(statement);
            return;
        }
        transactions.close();
        execute(statement);
        transactions.scriptBegan(statement);
    }

    private void commit(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        transactions.add(entry(statement, clock.instant()));
        if (transactions.isTheScripts()) {
            transactions.beforeScriptCommits();
            database.execute(statement);
            transactions.scriptEnded(statement);
        }
        if (!transactions.isTheScripts()) {
            transactions.settle();
        }
    }

    private void rollback(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        if (transactions.isTheScripts()) {
            execute(statement);
            transactions.scriptEnded(statement);
        } else {
            transactions.add(entry(statement, clock.instant()));
        }
        if (!transactions.isTheScripts()) {
            transactions.settle();
        }
    }

    private void execute(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        Instant started = clock.instant();
        database.execute(statement);
        transactions.add(entry(statement, started));
        transactions.ran(statement);
    }

    private LedgerEntry entry(ScriptStatement statement, Instant started) {
        return new LedgerEntry(statement.index(), statement.checksum(), started, clock.instant());
    }

    /** A statement whose end is not known. */
    private void take(ScriptStatement statement, Started started)
            throws FailedStatementException, PassingSqlFaultException {
        if (!started.checksum().equals(statement.checksum())) {
            throw database.failed(
                    statement,
                    "the ledger has another statement at its place, which was interrupted: look whether that one has happened,"
                            + " undo what it has done, then delete its row, the one without \"finished\"");
        }
        transactions.endWhatWasBegunAgain();
        Repetition repetition = statement.kind() == Kind.COMMITS
                ? database.repetition(statement, started.before())
                : Repetition.CANNOT_BE_TOLD;
        switch (repetition) {
            case DONE -> {
                transactions.add(entry(statement, clock.instant()));
                transactions.commit();
            }
            case TO_BE_RUN -> finish(statement, () -> database.executeAgain(statement));
            case CANNOT_BE_TOLD ->
                // Its row stays as it is: otherwise it were simply run the next time.
                throw database.failed(
                        statement,
                        "it was interrupted, and whether it has happened, or how much of it, cannot be told. Finish by hand"
                                + " what it was to do, then set \"finished\" in its row of the ledger");
        }
    }

    private static void requireThatTransactionsEnd(OptionalInt openSince) throws FailedStatementException {
        if (openSince.isPresent()) {
            throw new FailedStatementException(
                    "The transaction that begins in line " + openSince.getAsInt()
                            + " is never ended, so the server would take back what it did: end it with COMMIT",
                    Map.of("line", openSince.getAsInt()));
        }
    }
}
