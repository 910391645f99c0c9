package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.engine.ScriptSession;
import dev.rowhouse.sql.ledger.BegunScript;
import dev.rowhouse.sql.ledger.LedgerRun;
import dev.rowhouse.sql.ledger.Standing;
import dev.rowhouse.sql.script.Kind;
import dev.rowhouse.sql.script.Script;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole script and its ledger rows in one transaction, where the script allows it: it happened, or nothing did. Else
 * statement by statement. A commit whose answer was lost is settled by the next session, which reads the ledger.
 */
final class PostgresSession implements ScriptSession {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSession.class);

    private static final Set<Kind> IN_ONE_TRANSACTION = EnumSet.of(Kind.TRANSACTIONAL, Kind.SESSION, Kind.PASSED_OVER);

    /**
     * A client that vanished keeps its lock until the server notices: by these settings within a minute, where defaults take
     * two hours, or until a long statement ends. Of these, dumps reset the idle timeout alone. UTC because the driver
     * otherwise passes our machine's time zone on, and literals without one would mean something else on each machine.
     */
    private static final String SETTINGS = """
            SELECT pg_catalog.set_config(known.name, wanted.setting, false)
            FROM (VALUES ('client_connection_check_interval', '10s'), ('tcp_keepalives_idle', '20'),
                         ('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '3'),
                         ('idle_in_transaction_session_timeout', '60s'), ('idle_session_timeout', '60s'),
                         ('TimeZone', 'UTC')) AS wanted (name, setting)
            JOIN pg_catalog.pg_settings AS known ON known.name = wanted.name""";

    private final Connection connection;
    private final ConnectionGuard guard;
    private final PostgresFaults faults;
    private final PostgresLedger ledger;
    private final PostgresDatabase database;
    private final Clock clock;

    private PostgresSession(Connection connection, ConnectionGuard guard, PostgresFaults faults, Clock clock) {
        this.connection = connection;
        this.guard = guard;
        this.faults = faults;
        this.ledger = new PostgresLedger(connection);
        this.database = new PostgresDatabase(connection, ledger, guard, faults, clock);
        this.clock = clock;
    }

    static PostgresSession open(Connection connection, ConnectionGuard guard, PostgresFaults faults, Clock clock)
            throws SQLException {
        PostgresSession session = new PostgresSession(connection, guard, faults, clock);
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
        database.begin();
        if (!lock(ledger::lockTransaction)) {
            return Outcome.HELD_BY_ANOTHER;
        }
        Standing standing = database.standing(script);
        if (standing.complete()) {
            return Outcome.COMPLETE;
        }
        Optional<BegunScript> begun = standing.isEmpty() ? database.begunBefore(script) : Optional.empty();
        warnOfAnother(script);
        if (standing.isEmpty() && begun.isEmpty() && script.every(IN_ONE_TRANSACTION::contains)) {
            LedgerRun.inOneTransaction(script, database, clock, done);
        } else {
            // Ours already, by the transaction's lock.
            lock(ledger::lockSession);
            database.commit();
            LedgerRun.statementByStatement(script, standing, begun, database, clock, done);
        }
        return Outcome.COMPLETE;
    }

    private boolean lock(Lock lock) throws FailedStatementException, PassingSqlFaultException {
        guard.nextStatement();
        try {
            return lock.take();
        } catch (SQLException e) {
            throw faults.failed("The lock cannot be taken", e);
        }
    }

    private interface Lock {
        boolean take() throws SQLException;
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
