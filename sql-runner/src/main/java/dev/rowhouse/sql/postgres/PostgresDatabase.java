package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.ledger.JdbcDatabase;
import dev.rowhouse.sql.ledger.Repetition;
import dev.rowhouse.sql.script.ScriptStatement;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** PostgreSQL to a script: DDL can be rolled back, and what cannot is refused inside a transaction. */
final class PostgresDatabase extends JdbcDatabase {
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

    private static final Pattern RESETS_SETTINGS =
            Pattern.compile("(DISCARD|RESET)\\s+ALL\\b", Pattern.CASE_INSENSITIVE);

    private final Connection connection;

    PostgresDatabase(
            Connection connection, PostgresLedger ledger, ConnectionGuard guard, PostgresFaults faults, Clock clock) {
        super(connection, ledger, guard, faults, clock);
        this.connection = connection;
    }

    void set() throws SQLException {
        execute(SETTINGS);
    }

    @Override
    protected String beginning() {
        return "BEGIN";
    }

    @Override
    protected String needs() {
        return "CREATE on the database, or the schema rowhouse as its own";
    }

    @Override
    public boolean commitsImplicitly() {
        return false;
    }

    @Override
    protected boolean isInTransaction() throws SQLException {
        return connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
    }

    @Override
    protected void send(ScriptStatement statement) throws SQLException {
        if (statement.copyData().isPresent()) {
            copy(statement.text(), statement.copyData().get());
        } else {
            execute(statement.text());
        }
        if (RESETS_SETTINGS.matcher(statement.text()).lookingAt()) {
            set();
        }
        // A server may send these unasked, and the driver keeps them until they are fetched.
        connection.unwrap(PGConnection.class).getNotifications();
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

    /** Asked for when it is needed: by {@link PostgresRepetition}. */
    @Override
    protected Optional<String> readStateBefore(ScriptStatement statement) {
        return Optional.empty();
    }

    @Override
    protected Repetition readRepetition(ScriptStatement statement, Optional<String> before) throws SQLException {
        return new PostgresRepetition(connection, statement).standing();
    }

    @Override
    protected boolean saysThatItIsDone(ScriptStatement statement, SQLException e) {
        return new PostgresRepetition(connection, statement).saysThatItIsDone(e);
    }
}
