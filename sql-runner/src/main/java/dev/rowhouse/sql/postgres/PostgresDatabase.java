package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.ledger.BegunScript;
import dev.rowhouse.sql.ledger.LedgerEntry;
import dev.rowhouse.sql.ledger.ScriptDatabase;
import dev.rowhouse.sql.ledger.Standing;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptStatement;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** PostgreSQL to a script: DDL can be rolled back, and what cannot is refused inside a transaction. */
final class PostgresDatabase implements ScriptDatabase {
    private final Connection connection;
    private final PostgresLedger ledger;
    private final ConnectionGuard guard;
    private final PostgresFaults faults;
    private final Clock clock;

    PostgresDatabase(
            Connection connection, PostgresLedger ledger, ConnectionGuard guard, PostgresFaults faults, Clock clock) {
        this.connection = connection;
        this.ledger = ledger;
        this.guard = guard;
        this.faults = faults;
        this.clock = clock;
    }

    /** Makes the ledger where there is none. */
    @Override
    public Standing standing(Script script) throws FailedStatementException, PassingSqlFaultException {
        try {
            guard.nextStatement();
            if (!ledger.exists()) {
                ledger.create();
                return Standing.EMPTY;
            }
            return ledger.standing(script);
        } catch (SQLException e) {
            throw faults.failed(
                    "The ledger rowhouse.rowhouse_ledger cannot be used; the user needs CREATE on the database, or the"
                            + " schema rowhouse as its own",
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
        control("BEGIN", "A transaction cannot be begun");
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
        return false;
    }

    @Override
    public boolean inTransaction() throws PassingSqlFaultException {
        try {
            return connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
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

    private void send(ScriptStatement statement) throws SQLException {
        guard.nextStatement();
        if (statement.copyData().isPresent()) {
            copy(statement.text(), statement.copyData().get());
        } else {
            send(statement.text());
        }
        // A server may send these unasked, and the driver keeps them until they are fetched.
        connection.unwrap(PGConnection.class).getNotifications();
    }

    private void send(String sql) throws SQLException {
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

    /** Asked for when it is needed: by {@link PostgresRepetition}. */
    @Override
    public Optional<String> stateBefore(ScriptStatement statement) {
        return Optional.empty();
    }

    @Override
    public void executeUnlessDone(ScriptStatement statement, Optional<String> before)
            throws FailedStatementException, PassingSqlFaultException {
        PostgresRepetition repetition = new PostgresRepetition(connection, statement);
        try {
            guard.nextStatement();
            switch (repetition.standing()) {
                case DONE -> {}
                case TO_BE_RUN -> send(statement);
                case UNKNOWN ->
                    throw failed(
                            statement,
                            "it was interrupted, and whether it has happened cannot be told: give the index a name");
            }
        } catch (SQLException e) {
            if (!repetition.saysThatItIsDone(e)) {
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
            ledger.recordStarted(script, statement, clock.instant());
        });
    }

    @Override
    public void forgetStarted(Script script, ScriptStatement statement)
            throws FailedStatementException, PassingSqlFaultException {
        write(() -> ledger.forgetStarted(script, statement));
    }

    /** The script may have given the session's lock back; then this transaction takes it, or another owner has. */
    private void requireLock() throws SQLException, PassingSqlFaultException {
        if (!ledger.lockTransaction()) {
            throw new PassingSqlFaultException("The script gave its lock back, and another owner has it", 0, null);
        }
    }

    private void write(Write write) throws FailedStatementException, PassingSqlFaultException {
        guard.nextStatement();
        try {
            write.run();
        } catch (SQLException e) {
            throw faults.failed(
                    "The statements ran, but the ledger could not be written: does the script drop the schema rowhouse, or"
                            + " make the transaction read-only?",
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
