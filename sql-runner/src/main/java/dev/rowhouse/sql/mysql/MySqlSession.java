package dev.rowhouse.sql.mysql;

import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.engine.ScriptSession;
import dev.rowhouse.sql.ledger.BegunScript;
import dev.rowhouse.sql.ledger.LedgerRun;
import dev.rowhouse.sql.ledger.Standing;
import dev.rowhouse.sql.script.Script;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Statement by statement, since DDL commits by itself. The lock is the session's: the server gives it back when that ends. */
final class MySqlSession implements ScriptSession {
    private static final Logger LOG = LoggerFactory.getLogger(MySqlSession.class);

    /**
     * A client that vanished keeps its lock until the server notices: within a minute, where the default takes eight hours, or
     * until a long statement ends.
     */
    private static final String SETTINGS = "SET SESSION wait_timeout = 60, SESSION autocommit = 1";

    private final Connection connection;
    private final ConnectionGuard guard;
    private final MySqlFaults faults;
    private final MySqlLedger ledger;
    private final MySqlDatabase database;
    private final Clock clock;

    private MySqlSession(
            Connection connection, String databaseName, ConnectionGuard guard, MySqlFaults faults, Clock clock) {
        this.connection = connection;
        this.guard = guard;
        this.faults = faults;
        this.ledger = new MySqlLedger(connection, databaseName);
        this.database = new MySqlDatabase(connection, ledger, guard, faults, clock);
        this.clock = clock;
    }

    /** @param databaseName that {@code connection} was opened with */
    static MySqlSession open(
            Connection connection, String databaseName, ConnectionGuard guard, MySqlFaults faults, Clock clock)
            throws SQLException {
        MySqlSession session = new MySqlSession(connection, databaseName, guard, faults, clock);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public Outcome run(Script script, IntConsumer done) throws FailedStatementException, PassingSqlFaultException {
        if (!lock()) {
            return Outcome.HELD_BY_ANOTHER;
        }
        Standing standing = database.standing(script);
        if (!standing.complete()) {
            Optional<BegunScript> begun = standing.isEmpty() ? database.begunBefore(script) : Optional.empty();
            warnOfAnother(script);
            LedgerRun.statementByStatement(script, standing, begun, database, clock, done);
        }
        return Outcome.COMPLETE;
    }

    private boolean lock() throws FailedStatementException, PassingSqlFaultException {
        guard.nextStatement();
        try {
            return ledger.lock();
        } catch (SQLException e) {
            throw faults.failed("The lock cannot be taken", e);
        }
    }

    /** Not refused: it is the builder's business what a script adds to an earlier one. */
    private void warnOfAnother(Script script) throws FailedStatementException, PassingSqlFaultException {
        try {
            if (ledger.recordsOtherThan(script)) {
                LOG.atWarn().addKeyValue("script", script.sha256()).log("Another script has been run on this database");
            }
        } catch (SQLException e) {
            throw faults.failed("The ledger cannot be read", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("A connection failed to close; its guard closes the socket");
        }
    }
}
