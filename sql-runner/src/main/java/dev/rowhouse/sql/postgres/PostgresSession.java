package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.engine.ScriptSession;
import dev.rowhouse.sql.script.Kind;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptReader;
import dev.rowhouse.sql.script.ScriptStatement;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole script and its ledger rows in one transaction: it happened, or nothing did. A commit whose answer was lost is
 * settled by the next session, which reads the ledger.
 */
final class PostgresSession implements ScriptSession {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSession.class);

    /**
     * A client that vanished keeps its lock until the server notices: by these settings within a minute, where defaults take
     * two hours, or until a long statement ends. Of these, dumps reset the idle timeout alone. UTC because the driver
     * otherwise passes our machine's time zone on, and literals without one would mean something else on each machine.
     */
    private static final String SETTINGS = """
            SELECT pg_catalog.set_config(known.name, wanted.setting, false)
            FROM (VALUES ('client_connection_check_interval', '10s'), ('tcp_keepalives_idle', '20'),
                         ('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '3'),
                         ('idle_in_transaction_session_timeout', '60s'), ('TimeZone', 'UTC')) AS wanted (name, setting)
            JOIN pg_catalog.pg_settings AS known ON known.name = wanted.name""";

    private final Connection connection;
    private final ConnectionGuard guard;
    private final PostgresFaults faults;
    private final PostgresLedger ledger;
    private final Clock clock;

    private PostgresSession(Connection connection, ConnectionGuard guard, PostgresFaults faults, Clock clock) {
        this.connection = connection;
        this.guard = guard;
        this.faults = faults;
        this.ledger = new PostgresLedger(connection);
        this.clock = clock;
    }

    static PostgresSession open(Connection connection, ConnectionGuard guard, PostgresFaults faults, Clock clock)
            throws SQLException {
        PostgresSession session = new PostgresSession(connection, guard, faults, clock);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
            connection.setAutoCommit(false);
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public Outcome run(Script script, IntConsumer done) throws FailedStatementException, PassingSqlFaultException {
        refuseWhatIsNotOneTransaction(script);
        Ledger standing = standing(script);
        if (standing == Ledger.HELD) {
            return Outcome.HELD_BY_ANOTHER;
        }
        if (standing == Ledger.COMPLETE) {
            return Outcome.COMPLETE;
        }
        if (standing == Ledger.OTHER_SCRIPT) {
            // Not refused: it is the builder's business what a script adds to an earlier one.
            LOG.atWarn()
                    .addKeyValue("script", script.sha256())
                    .log("Another script has been completed on this database");
        }
        List<Instant> times = new ArrayList<>(script.size() + 1);
        List<String> checksums = new ArrayList<>(script.size());
        times.add(clock.instant());
        try (ScriptReader statements = script.open()) {
            while (statements.hasNext()) {
                ScriptStatement statement = statements.next();
                run(statement);
                times.add(clock.instant());
                checksums.add(statement.checksum());
                done.accept(statement.index());
            }
        }
        commit(script, checksums, times);
        return Outcome.COMPLETE;
    }

    private void refuseWhatIsNotOneTransaction(Script script) throws FailedStatementException {
        if (script.every(PostgresSession::fitsOneTransaction)) {
            return;
        }
        try (ScriptReader statements = script.open()) {
            while (statements.hasNext()) {
                ScriptStatement statement = statements.next();
                if (!fitsOneTransaction(statement.kind())) {
                    throw faults.notInOneTransaction(statement);
                }
            }
        }
    }

    private static boolean fitsOneTransaction(Kind kind) {
        return kind == Kind.TRANSACTIONAL || kind == Kind.SESSION;
    }

    private enum Ledger {
        HELD,
        EMPTY,
        COMPLETE,
        OTHER_SCRIPT
    }

    /** Locks and reads in one transaction, the script's. */
    private Ledger standing(Script script) throws FailedStatementException, PassingSqlFaultException {
        try {
            guard.nextStatement();
            if (!ledger.lock()) {
                return Ledger.HELD;
            }
            if (!ledger.exists()) {
                ledger.create();
                return Ledger.EMPTY;
            }
            if (ledger.records(script)) {
                return Ledger.COMPLETE;
            }
            return ledger.recordsOtherThan(script) ? Ledger.OTHER_SCRIPT : Ledger.EMPTY;
        } catch (SQLException e) {
            throw faults.failed(
                    "The ledger rowhouse.rowhouse_ledger cannot be used; the user needs CREATE on the database, or the"
                            + " schema rowhouse as its own",
                    e);
        }
    }

    private void run(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        guard.nextStatement();
        try {
            if (statement.copyData().isPresent()) {
                copy(statement.text(), statement.copyData().get());
            } else {
                execute(statement.text());
            }
            // A server may send these unasked, and the driver keeps them until they are fetched.
            connection.unwrap(PGConnection.class).getNotifications();
            if (connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.OPEN) {
                throw faults.failed(statement, "25000", "it ended the transaction that holds the whole script");
            }
        } catch (SQLException e) {
            throw faults.failed(statement, e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Braces are PostgreSQL's own (arrays, JSON), and no JDBC escapes.
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    private void copy(String sql, String rows) throws SQLException {
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, new StringReader(rows));
        } catch (IOException e) {
            throw new IllegalStateException("Reading from memory does not fail", e);
        }
    }

    private void commit(Script script, List<String> checksums, List<Instant> times)
            throws FailedStatementException, PassingSqlFaultException {
        guard.nextStatement();
        try {
            ledger.record(script, checksums, times);
        } catch (SQLException e) {
            throw faults.failed(
                    "Every statement ran, but the ledger could not be written: does the script drop the schema rowhouse, or"
                            + " make the transaction read-only?",
                    e);
        }
        try {
            connection.commit();
        } catch (SQLException e) {
            throw faults.failed("Every statement ran, but the commit was refused", e);
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
