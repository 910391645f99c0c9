package dev.rowhouse.sql.ledger;

import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.engine.SqlFaults;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A script's database over JDBC: what every engine has in common. */
public abstract class JdbcDatabase implements ScriptDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcDatabase.class);

    private final Connection connection;
    private final LedgerTable ledger;
    private final ConnectionGuard guard;
    private final SqlFaults faults;
    private final Clock clock;

    /** The last statement that was recorded when we looked, or that we have recorded. */
    private int lastKnown;

    protected JdbcDatabase(
            Connection connection, LedgerTable ledger, ConnectionGuard guard, SqlFaults faults, Clock clock) {
        this.connection = connection;
        this.ledger = ledger;
        this.guard = guard;
        this.faults = faults;
        this.clock = clock;
    }

    /** The statement that begins a transaction. */
    protected abstract String beginning();

    /** What the user needs for the ledger, for people. */
    protected abstract String needs();

    /** Sends a statement, and reads all that the server answers. */
    protected abstract void send(ScriptStatement statement) throws SQLException;

    protected abstract boolean isInTransaction() throws SQLException;

    protected abstract Optional<String> readStateBefore(ScriptStatement statement) throws SQLException;

    protected abstract Repetition readRepetition(ScriptStatement statement, Optional<String> before)
            throws SQLException;

    protected abstract boolean saysThatItIsDone(ScriptStatement statement, SQLException e);

    /** Takes the lock, unless another session has it. */
    public final boolean lock() throws FailedStatementException, PassingSqlFaultException {
        return ask("The lock cannot be taken", ledger::lock);
    }

    @Override
    public final Standing standing(Script script) throws FailedStatementException, PassingSqlFaultException {
        return ask("The ledger rowhouse.rowhouse_ledger cannot be used; the user needs " + needs(), () -> {
            ledger.createIfMissing();
            Standing standing = ledger.standing(script);
            lastKnown = standing.finished();
            return standing;
        });
    }

    /**
     * What stands in the way of beginning a script of which nothing is recorded, or is to be gone on with.
     *
     * @return another script that was begun and is not complete
     * @throws FailedStatementException when the script has been continued as another one, which is complete
     */
    public final Optional<BegunScript> begunBefore(Script script)
            throws FailedStatementException, PassingSqlFaultException {
        Optional<BegunScript> begun = ask("The ledger cannot be read", () -> ledger.begunBefore(script));
        if (begun.isEmpty() && ask("The ledger cannot be read", () -> ledger.wasContinuedAsAnother(script))) {
            throw new FailedStatementException(
                    "This script was begun here, mended and completed as another one: what it has done is not done again",
                    Map.of());
        }
        if (begun.isEmpty() && ask("The ledger cannot be read", () -> ledger.recordsOtherThan(script))) {
            // Not refused: it is the builder's business what a script adds to an earlier one.
            LOG.atWarn()
                    .addKeyValue("script", script.sha256())
                    .log("Another script has been completed on this database");
        }
        return begun;
    }

    @Override
    public final void rename(BegunScript begun, Script script)
            throws FailedStatementException, PassingSqlFaultException {
        write(script, () -> ledger.rename(begun, script, clock.instant()));
    }

    @Override
    public final void begin() throws FailedStatementException, PassingSqlFaultException {
        control(beginning(), "A transaction cannot be begun");
    }

    @Override
    public final void commit() throws FailedStatementException, PassingSqlFaultException {
        control("COMMIT", "The statements ran, but the commit was refused");
    }

    private void control(String sql, String problem) throws FailedStatementException, PassingSqlFaultException {
        ask(problem, () -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    @Override
    public final boolean inTransaction() throws PassingSqlFaultException {
        try {
            return isInTransaction();
        } catch (SQLException e) {
            throw faults.passing(e, 0);
        }
    }

    @Override
    public final void execute(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        guard.nextStatement();
        try {
            send(statement);
        } catch (SQLException e) {
            throw faults.failed(statement, e);
        }
    }

    @Override
    public final Optional<String> stateBefore(ScriptStatement statement)
            throws FailedStatementException, PassingSqlFaultException {
        guard.nextStatement();
        try {
            return readStateBefore(statement);
        } catch (SQLException e) {
            throw faults.failed(statement, e);
        }
    }

    @Override
    public final Repetition repetition(ScriptStatement statement, Optional<String> before)
            throws FailedStatementException, PassingSqlFaultException {
        guard.nextStatement();
        try {
            return readRepetition(statement, before);
        } catch (SQLException e) {
            throw faults.failed(statement, e);
        }
    }

    @Override
    public final void executeAgain(ScriptStatement statement)
            throws FailedStatementException, PassingSqlFaultException {
        guard.nextStatement();
        try {
            send(statement);
        } catch (SQLException e) {
            if (!saysThatItIsDone(statement, e)) {
                throw faults.failed(statement, e);
            }
        }
    }

    @Override
    public final void record(Script script, List<LedgerEntry> entries)
            throws FailedStatementException, PassingSqlFaultException {
        write(script, () -> ledger.record(script, entries));
        lastKnown = Math.max(lastKnown, entries.get(entries.size() - 1).index());
    }

    @Override
    public final void recordStarted(Script script, ScriptStatement statement, Optional<String> before)
            throws FailedStatementException, PassingSqlFaultException {
        write(script, () -> ledger.recordStarted(script, statement, before, clock.instant()));
    }

    @Override
    public final void forgetStarted(Script script, ScriptStatement statement)
            throws FailedStatementException, PassingSqlFaultException {
        write(script, () -> ledger.forgetStarted(script, statement));
    }

    /**
     * The script may have given the lock back. Then we take it again, unless another owner has it, or had it and is further than we are.
     */
    private void write(Script script, Write write) throws FailedStatementException, PassingSqlFaultException {
        boolean ours = ask(
                "The statements ran, but the ledger could not be written: does the script drop it, or make the session"
                        + " or the transaction read-only?",
                () -> {
                    if (!ledger.isLocked() && (!ledger.lock() || ledger.lastFinished(script) > lastKnown)) {
                        return false;
                    }
                    write.run();
                    return true;
                });
        if (!ours) {
            throw new PassingSqlFaultException("The script gave its lock back, and another owner took it", 0, null);
        }
    }

    private <T> T ask(String problem, Question<T> question) throws FailedStatementException, PassingSqlFaultException {
        guard.nextStatement();
        try {
            return question.ask();
        } catch (SQLException e) {
            throw faults.failed(problem, e);
        }
    }

    @Override
    public final FailedStatementException failed(ScriptStatement statement, String message) {
        return faults.failed(statement, "", message);
    }

    /** Never throws: what was open is rolled back by the server. */
    public final void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("A connection failed to close; its guard closes the socket");
        }
    }

    private interface Question<T> {
        T ask() throws SQLException;
    }

    private interface Write {
        void run() throws SQLException;
    }
}
