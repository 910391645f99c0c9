package dev.rowhouse.sql.mysql;

import com.mysql.cj.jdbc.JdbcConnection;
import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.ledger.JdbcDatabase;
import dev.rowhouse.sql.ledger.Repetition;
import dev.rowhouse.sql.script.Kind;
import dev.rowhouse.sql.script.ScriptStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;

/** MySQL and MariaDB to a script: DDL commits what is open, and then itself. */
final class MySqlDatabase extends JdbcDatabase {
    /** Sets what the server takes our bytes for, to anything but UTF-8. */
    private static final Pattern FOREIGN_CHARSET = Pattern.compile(
            "\\b(NAMES|CHARSET|CHARACTER\\s+SET|CHARACTER_SET_CLIENT\\s*:?=)\\s*['\"]?(?!utf8|default\\b|binary\\b|@)\\w",
            Pattern.CASE_INSENSITIVE);

    private final Connection connection;

    MySqlDatabase(Connection connection, MySqlLedger ledger, ConnectionGuard guard, MySqlFaults faults, Clock clock) {
        super(connection, ledger, guard, faults, clock);
        this.connection = connection;
    }

    @Override
    protected String beginning() {
        return "START TRANSACTION";
    }

    @Override
    protected String needs() {
        return "the right to create the database rowhouse, or all rights on it";
    }

    @Override
    public boolean commitsImplicitly() {
        return true;
    }

    @Override
    protected boolean isInTransaction() throws SQLException {
        return connection
                .unwrap(JdbcConnection.class)
                .getSession()
                .getServerSession()
                .inTransactionOnServer();
    }

    @Override
    protected void send(ScriptStatement sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            boolean rows = statement.execute(sql.text());
            // A procedure answers with several results, and an error may be the last of them.
            while (rows || statement.getUpdateCount() != -1) {
                rows = statement.getMoreResults();
            }
            if (sql.kind() == Kind.SESSION
                    && FOREIGN_CHARSET.matcher(sql.text()).find()) {
                // The script is text and no bytes any more: whatever it was written in, we send UTF-8.
                statement.execute("SET character_set_client = utf8mb4, character_set_results = utf8mb4");
            }
        }
    }

    @Override
    protected Optional<String> readStateBefore(ScriptStatement statement) throws SQLException {
        return new MySqlRepetition(connection, statement).alteredTable();
    }

    @Override
    protected Repetition readRepetition(ScriptStatement statement, Optional<String> before) throws SQLException {
        return new MySqlRepetition(connection, statement).standing(before);
    }

    @Override
    protected boolean saysThatItIsDone(ScriptStatement statement, SQLException e) {
        return new MySqlRepetition(connection, statement).saysThatItIsDone(e.getErrorCode());
    }
}
