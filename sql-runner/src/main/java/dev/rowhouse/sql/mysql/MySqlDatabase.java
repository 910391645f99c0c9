package dev.rowhouse.sql.mysql;

import com.mysql.cj.jdbc.JdbcConnection;
import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.ledger.BegunScript;
import dev.rowhouse.sql.ledger.LedgerEntry;
import dev.rowhouse.sql.ledger.ScriptDatabase;
import dev.rowhouse.sql.ledger.Standing;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** MySQL and MariaDB to a script: DDL commits what is open, and then itself. */
final class MySqlDatabase implements ScriptDatabase {
    private final Connection connection;
    private final MySqlLedger ledger;
    private final ConnectionGuard guard;
    private final MySqlFaults faults;
    private final Clock clock;

    MySqlDatabase(Connection connection, MySqlLedger ledger, ConnectionGuard guard, MySqlFaults faults, Clock clock) {
        this.connection = connection;
        this.ledger = ledger;
        this.guard = guard;
        this.faults = faults;
        this.clock = clock;
    }

    /** Makes the ledger where there is none. */
    @Override
    public Standing standing(Script script) throws FailedStatementException, PassingSqlFaultException {
        guard.nextStatement();
        try {
            ledger.createIfMissing();
            return ledger.standing(script);
        } catch (SQLException e) {
            throw faults.failed(
                    "The ledger rowhouse.rowhouse_ledger cannot be used; the user needs the right to create the database"
                            + " rowhouse, or all rights on it",
                    e);
        }
    }

    @Override
    public Optional<BegunScript> begunBefore(Script script) throws FailedStatementException, PassingSqlFaultException {
        guard.nextStatement();
        try {
            return ledger.begunBefore(script);
        } catch (SQLException e) {
            throw faults.failed("The ledger cannot be read", e);
        }
    }

    @Override
    public void rename(BegunScript begun, Script script) throws FailedStatementException, PassingSqlFaultException {
        write(() -> ledger.rename(begun, script));
    }

    @Override
    public void begin() throws FailedStatementException, PassingSqlFaultException {
        control("START TRANSACTION", "A transaction cannot be begun");
    }

    @Override
    public void commit() throws FailedStatementException, PassingSqlFaultException {
        control("COMMIT", "The statements ran, but the commit was refused");
    }

    private void control(String sql, String problem) throws FailedStatementException, PassingSqlFaultException {
        guard.nextStatement();
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw faults.failed(problem, e);
        }
    }

    @Override
    public boolean commitsImplicitly() {
        return true;
    }

    @Override
    public boolean inTransaction() throws PassingSqlFaultException {
        try {
            return connection
                    .unwrap(JdbcConnection.class)
                    .getSession()
                    .getServerSession()
                    .inTransactionOnServer();
        } catch (SQLException e) {
            throw faults.passing(e, 0);
        }
    }

    @Override
    public void execute(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        try {
            send(statement);
        } catch (SQLException e) {
            throw faults.failed(statement, e);
        }
    }

    private void send(ScriptStatement sql) throws SQLException {
        guard.nextStatement();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            boolean rows = statement.execute(sql.text());
            // A procedure answers with several results, and an error may be the last of them.
            while (rows || statement.getUpdateCount() != -1) {
                rows = statement.getMoreResults();
            }
        }
    }

    @Override
    public Optional<String> stateBefore(ScriptStatement statement)
            throws FailedStatementException, PassingSqlFaultException {
        guard.nextStatement();
        try {
            return new MySqlRepetition(connection, statement).alteredTable();
        } catch (SQLException e) {
            throw faults.failed(statement, e);
        }
    }

    @Override
    public void executeUnlessDone(ScriptStatement statement, Optional<String> before)
            throws FailedStatementException, PassingSqlFaultException {
        MySqlRepetition repetition = new MySqlRepetition(connection, statement);
        if (repetition.undoesItself()) {
            throw failed(
                    statement,
                    "it was interrupted, and whether it has happened cannot be told, since it swaps what it names");
        }
        guard.nextStatement();
        try {
            if (before.equals(repetition.alteredTable())) {
                send(statement);
            }
        } catch (SQLException e) {
            if (!repetition.saysThatItIsDone(e.getErrorCode())) {
                throw faults.failed(statement, e);
            }
        }
    }

    @Override
    public void record(Script script, List<LedgerEntry> entries)
            throws FailedStatementException, PassingSqlFaultException {
        write(() -> {
            requireLock();
            ledger.record(script, entries);
        });
    }

    @Override
    public void recordStarted(Script script, ScriptStatement statement, Optional<String> before)
            throws FailedStatementException, PassingSqlFaultException {
        write(() -> {
            requireLock();
            ledger.recordStarted(script, statement, before, clock.instant());
        });
    }

    @Override
    public void forgetStarted(Script script, ScriptStatement statement)
            throws FailedStatementException, PassingSqlFaultException {
        write(() -> ledger.forgetStarted(script, statement));
    }

    /** The script may have given the lock back; then we take it again, or another owner has. */
    private void requireLock() throws SQLException, PassingSqlFaultException {
        if (!ledger.lock()) {
            throw new PassingSqlFaultException("The script gave its lock back, and another owner has it", 0, null);
        }
    }

    private void write(Write write) throws FailedStatementException, PassingSqlFaultException {
        guard.nextStatement();
        try {
            write.run();
        } catch (SQLException e) {
            throw faults.failed(
                    "The statements ran, but the ledger could not be written: does the script drop the database rowhouse,"
                            + " or make the session read-only?",
                    e);
        }
    }

    @Override
    public FailedStatementException failed(ScriptStatement statement, String message) {
        return faults.failed(statement, "", message);
    }

    private interface Write {
        void run() throws SQLException, PassingSqlFaultException;
    }
}
