package dev.rowhouse.sql.mysql;

import dev.rowhouse.sql.ledger.BegunScript;
import dev.rowhouse.sql.ledger.Columns;
import dev.rowhouse.sql.ledger.LedgerEntry;
import dev.rowhouse.sql.ledger.LedgerTable;
import dev.rowhouse.sql.ledger.Standing;
import dev.rowhouse.sql.ledger.Standing.Started;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptStatement;
import dev.rowhouse.sql.script.Sha256;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What has been run on this server: {@code rowhouse.rowhouse_ledger}, a row per statement and database. It has a database of its
 * own since scripts drop and make theirs. Always named with its database: scripts change the current one.
 */
final class MySqlLedger implements LedgerTable {
    private static final int ROWS_AT_A_TIME = 500;

    private static final String CREATE_DATABASE = "CREATE DATABASE IF NOT EXISTS rowhouse";

    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS rowhouse.rowhouse_ledger (
              database_name VARCHAR(64) NOT NULL,
              script_sha256 CHAR(64) NOT NULL,
              statement_index INT NOT NULL,
              statement_count INT NOT NULL,
              checksum CHAR(64) NOT NULL,
              before_sha256 CHAR(64) NULL COMMENT 'what the table was like that the statement alters',
              started DATETIME(6) NOT NULL,
              finished DATETIME(6) NULL,
              PRIMARY KEY (database_name, script_sha256, statement_index)
            ) ENGINE = InnoDB CHARACTER SET ascii COLLATE ascii_bin COMMENT =
              'Which statements of which script Rowhouse has run here. Removing it makes a script run again.'""";

    /** The last finished statement, and the one after it if it was started. */
    private static final String STANDING = """
            SELECT l.statement_count, l.statement_index, l.checksum, l.before_sha256, l.finished IS NOT NULL
            FROM rowhouse.rowhouse_ledger AS l
            WHERE l.database_name = ? AND l.script_sha256 = ? AND l.statement_index > 0 AND l.statement_index >= (
              SELECT COUNT(d.finished) FROM rowhouse.rowhouse_ledger AS d
              WHERE d.database_name = ? AND d.script_sha256 = ? AND d.statement_index > 0)
            ORDER BY l.statement_index""";

    private static final String LAST_FINISHED = "SELECT statement_index FROM rowhouse.rowhouse_ledger"
            + " WHERE database_name = ? AND script_sha256 = ? AND finished IS NOT NULL"
            + " ORDER BY statement_index DESC LIMIT 1 LOCK IN SHARE MODE";

    /** The statements of the script that was begun last, if it is not complete. */
    private static final String BEGUN = """
            SELECT l.script_sha256, l.checksum, l.finished IS NOT NULL FROM rowhouse.rowhouse_ledger AS l JOIN (
              SELECT b.script_sha256 FROM rowhouse.rowhouse_ledger AS b
              WHERE b.database_name = ? AND b.script_sha256 <> ? AND b.statement_index > 0
              GROUP BY b.script_sha256 HAVING COUNT(b.finished) < MAX(b.statement_count)
              ORDER BY MAX(b.started) DESC LIMIT 1) AS begun ON begun.script_sha256 = l.script_sha256
            WHERE l.database_name = ? AND l.statement_index > 0 ORDER BY l.statement_index""";

    private static final String RENAME = "UPDATE rowhouse.rowhouse_ledger SET script_sha256 = ?, statement_count = ?"
            + " WHERE database_name = ? AND script_sha256 = ? AND statement_index > 0";

    /** A row of index 0 says that a script was continued as another one, which its checksum names. */
    private static final String REMEMBER_RENAMED = "INSERT INTO rowhouse.rowhouse_ledger (database_name, script_sha256,"
            + " statement_index, statement_count, checksum, started, finished) VALUES (?, ?, 0, 0, ?, ?, ?)";

    private static final String FORGET_RENAMED = "DELETE FROM rowhouse.rowhouse_ledger"
            + " WHERE database_name = ? AND script_sha256 IN (?, ?) AND statement_index = 0";

    private static final String WAS_RENAMED = "SELECT EXISTS (SELECT 1 FROM rowhouse.rowhouse_ledger"
            + " WHERE database_name = ? AND script_sha256 = ? AND statement_index = 0)";

    private static final String OTHERS = "SELECT EXISTS (SELECT 1 FROM rowhouse.rowhouse_ledger"
            + " WHERE database_name = ? AND script_sha256 <> ?)";

    private static final String RECORD = "INSERT INTO rowhouse.rowhouse_ledger (database_name, script_sha256,"
            + " statement_index, statement_count, checksum, started, finished) VALUES ";

    private static final String RECORD_STARTED = "INSERT INTO rowhouse.rowhouse_ledger (database_name, script_sha256,"
            + " statement_index, statement_count, checksum, before_sha256, started) VALUES (?, ?, ?, ?, ?, ?, ?)"
            + " ON DUPLICATE KEY UPDATE started = VALUES(started)";

    private static final String FORGET_STARTED = "DELETE FROM rowhouse.rowhouse_ledger"
            + " WHERE database_name = ? AND script_sha256 = ? AND statement_index = ? AND finished IS NULL";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private final Connection connection;
    private final String database;

    /** @param database that the session began in: tenants that share a server have a ledger each by it */
    MySqlLedger(Connection connection, String database) {
        this.connection = connection;
        this.database = database;
    }

    /**
     * Takes the lock until the session ends, if nobody else has it; taking it once more is harmless. Locks are the server's, so
     * its name holds the database's, hashed because it may have 64 characters at most.
     */
    @Override
    public boolean lock() throws SQLException {
        return ask("SELECT GET_LOCK(?, 0)", lockName());
    }

    @Override
    public boolean isLocked() throws SQLException {
        return ask("SELECT IS_USED_LOCK(?) <=> CONNECTION_ID()", lockName());
    }

    private String lockName() {
        return "rowhouse." + Sha256.hex(database).substring(0, 40);
    }

    /** A locking read: a transaction of the script's may see the table as it was. */
    @Override
    public int lastFinished(Script script) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(LAST_FINISHED)) {
            set(query, database, script.sha256());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Columns.number(row, 1) : 0;
            }
        }
    }

    private boolean exists() throws SQLException {
        return ask("SELECT EXISTS (SELECT 1 FROM information_schema.tables"
                + " WHERE table_schema = 'rowhouse' AND table_name = 'rowhouse_ledger')");
    }

    /** Whether a script was ever begun on the database. */
    boolean hasRows() throws SQLException {
        return exists()
                && ask("SELECT EXISTS (SELECT 1 FROM rowhouse.rowhouse_ledger WHERE database_name = ?)", database);
    }

    @Override
    public void createIfMissing() throws SQLException {
        if (!exists()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(CREATE_DATABASE);
                statement.execute(CREATE);
            }
        }
    }

    @Override
    public Standing standing(Script script) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(STANDING)) {
            set(query, database, script.sha256(), database, script.sha256());
            try (ResultSet rows = query.executeQuery()) {
                Standing standing = Standing.EMPTY;
                while (rows.next()) {
                    standing = standing.with(
                            Columns.number(rows, 1),
                            Columns.number(rows, 2),
                            new Started(Columns.text(rows, 3), Optional.ofNullable(Columns.text(rows, 4))),
                            Columns.truth(rows, 5));
                }
                return standing;
            }
        }
    }

    @Override
    public Optional<BegunScript> begunBefore(Script script) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(BEGUN)) {
            set(query, database, script.sha256(), database);
            try (ResultSet rows = query.executeQuery()) {
                return BegunScript.of(rows);
            }
        }
    }

    @Override
    public boolean wasContinuedAsAnother(Script script) throws SQLException {
        return ask(WAS_RENAMED, database, script.sha256());
    }

    @Override
    public void rename(BegunScript begun, Script script, Instant now) throws SQLException {
        update(FORGET_RENAMED, database, begun.sha256(), script.sha256());
        update(RENAME, script.sha256(), script.size(), database, begun.sha256());
        update(REMEMBER_RENAMED, database, begun.sha256(), script.sha256(), TIME.format(now), TIME.format(now));
    }

    @Override
    public boolean recordsOtherThan(Script script) throws SQLException {
        return ask(OTHERS, database, script.sha256());
    }

    @Override
    public void record(Script script, List<LedgerEntry> entries) throws SQLException {
        for (int from = 0; from < entries.size(); from += ROWS_AT_A_TIME) {
            recordSome(script, entries.subList(from, Math.min(entries.size(), from + ROWS_AT_A_TIME)));
        }
    }

    private void recordSome(Script script, List<LedgerEntry> entries) throws SQLException {
        // Nothing in a row needs quoting, and the names of database and script are our own: written out, for speed.
        String rows = entries.stream()
                .map(entry -> "('" + database + "', '" + script.sha256() + "', " + entry.index() + ", " + script.size()
                        + ", '" + entry.checksum() + "', '" + TIME.format(entry.started()) + "', '"
                        + TIME.format(entry.finished()) + "')")
                .collect(Collectors.joining(", ", RECORD, " ON DUPLICATE KEY UPDATE finished = VALUES(finished)"));
        try (Statement insert = connection.createStatement()) {
            insert.executeUpdate(rows);
        }
    }

    @Override
    public void recordStarted(Script script, ScriptStatement statement, Optional<String> before, Instant now)
            throws SQLException {
        update(
                RECORD_STARTED,
                database,
                script.sha256(),
                statement.index(),
                script.size(),
                statement.checksum(),
                before.orElse(null),
                TIME.format(now));
    }

    @Override
    public void forgetStarted(Script script, ScriptStatement statement) throws SQLException {
        update(FORGET_STARTED, database, script.sha256(), statement.index());
    }

    private void update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            set(update, parameters);
            update.executeUpdate();
        }
    }

    private boolean ask(String sql, String... parameters) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            set(query, (Object[]) parameters);
            try (ResultSet answer = query.executeQuery()) {
                return answer.next() && Columns.truth(answer, 1);
            }
        }
    }

    private static void set(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}
