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

/** Statement by statement, since DDL commits by itself. The lock is the session's: the server gives it back when that ends. */
final class MySqlSession implements ScriptSession {
    /**
     * A client that vanished keeps its lock until the server notices: within a minute, where the default takes eight hours, or
     * until a long statement ends.
     */
    private static final String SETTINGS = "SET SESSION wait_timeout = 60, SESSION autocommit = 1";

    private final MySqlDatabase database;
    private final Clock clock;

    private MySqlSession(MySqlDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param databaseName the tenant's */
    static MySqlSession open(
            Connection connection, String databaseName, ConnectionGuard guard, MySqlFaults faults, Clock clock)
            throws SQLException {
        MySqlLedger ledger = new MySqlLedger(connection, databaseName);
        MySqlDatabase database = new MySqlDatabase(connection, ledger, guard, faults, clock);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
            return new MySqlSession(database, clock);
        } catch (SQLException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public Outcome run(Script script, IntConsumer done) throws FailedStatementException, PassingSqlFaultException {
        if (!database.lock()) {
            return Outcome.HELD_BY_ANOTHER;
        }
        Standing standing = database.standing(script);
        if (!standing.complete()) {
            Optional<BegunScript> begun = standing.isEmpty() ? database.begunBefore(script) : Optional.empty();
            LedgerRun.statementByStatement(script, standing, begun, database, clock, done);
        }
        return Outcome.COMPLETE;
    }

    @Override
    public void close() {
        database.close();
    }
}
