package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.ledger.BegunScript;
import dev.rowhouse.sql.ledger.LedgerEntry;
import dev.rowhouse.sql.ledger.Standing;
import dev.rowhouse.sql.ledger.Standing.Started;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What has been run on this database, in the database itself: {@code rowhouse.rowhouse_ledger}, a row per statement. It has a
 * schema of its own since scripts drop and rebuild {@code public}. Every name is given with its schema, built-in ones too:
 * scripts change the search path, and may define functions of the same names.
 */
final class PostgresLedger {
    /** "rowhouse" in ASCII: the advisory lock that owners of a run take turns by. */
    private static final long LOCK = 0x726f_7768_6f75_7365L;

    private static final int ROWS_AT_A_TIME = 5_000;

    private static final String CREATE = """
            CREATE TABLE rowhouse.rowhouse_ledger (
              script_sha256 pg_catalog.text NOT NULL,
              statement_index pg_catalog.int4 NOT NULL,
              statement_count pg_catalog.int4 NOT NULL,
              checksum pg_catalog.text NOT NULL,
              started pg_catalog.timestamptz NOT NULL,
              finished pg_catalog.timestamptz,
              PRIMARY KEY (script_sha256, statement_index));
            COMMENT ON TABLE rowhouse.rowhouse_ledger IS
              'Which statements of which script Rowhouse has run here. Removing it makes a script run again.'""";

    /** The last finished statement, and the one after it if it was started. */
    private static final String STANDING = """
            SELECT l.statement_count, l.statement_index, l.checksum, l.finished IS NOT NULL
            FROM rowhouse.rowhouse_ledger AS l
            WHERE l.script_sha256 = ? AND l.statement_index >= (
              SELECT pg_catalog.count(d.finished) FROM rowhouse.rowhouse_ledger AS d WHERE d.script_sha256 = ?)
            ORDER BY l.statement_index""";

    /** The statements of the script that was begun last, if it is not complete. */
    private static final String BEGUN = """
            SELECT l.script_sha256, l.checksum FROM rowhouse.rowhouse_ledger AS l
            WHERE l.finished IS NOT NULL AND l.script_sha256 = (
              SELECT b.script_sha256 FROM rowhouse.rowhouse_ledger AS b WHERE b.script_sha256 <> ?
              GROUP BY b.script_sha256 HAVING pg_catalog.count(b.finished) < pg_catalog.max(b.statement_count)
              ORDER BY pg_catalog.max(b.started) DESC LIMIT 1)
            ORDER BY l.statement_index""";

    private static final String RENAME = """
            UPDATE rowhouse.rowhouse_ledger SET script_sha256 = ?, statement_count = ? WHERE script_sha256 = ?""";

    private static final String OTHERS =
            "SELECT EXISTS (SELECT FROM rowhouse.rowhouse_ledger WHERE script_sha256 <> ?)";

    private static final String RECORD = """
            INSERT INTO rowhouse.rowhouse_ledger
            SELECT ?, r.i, ?, r.c, r.s, r.f FROM ROWS FROM (
              pg_catalog.unnest(?::pg_catalog.int4[]), pg_catalog.unnest(?::pg_catalog.text[]),
              pg_catalog.unnest(?::pg_catalog.timestamptz[]), pg_catalog.unnest(?::pg_catalog.timestamptz[])) AS r(i, c, s, f)
            ON CONFLICT (script_sha256, statement_index) DO UPDATE SET finished = EXCLUDED.finished""";

    private static final String RECORD_STARTED = """
            INSERT INTO rowhouse.rowhouse_ledger
            VALUES (?, ?, ?, ?, ?::pg_catalog.timestamptz, NULL)
            ON CONFLICT (script_sha256, statement_index) DO UPDATE SET started = EXCLUDED.started""";

    private static final String FORGET_STARTED = """
            DELETE FROM rowhouse.rowhouse_ledger
            WHERE script_sha256 OPERATOR(pg_catalog.=) ?::pg_catalog.text
              AND statement_index OPERATOR(pg_catalog.=) ?::pg_catalog.int4 AND finished IS NULL""";

    private final Connection connection;

    PostgresLedger(Connection connection) {
        this.connection = connection;
    }

    /**
     * Takes the lock until this transaction ends, if nobody has it. Bound to the transaction and not to the session, it cannot
     * be given back by the script ({@code pg_advisory_unlock_all}), nor be left behind on a pooler's server connection.
     */
    boolean lockTransaction() throws SQLException {
        return ask("SELECT pg_catalog.pg_try_advisory_xact_lock(" + LOCK + ")");
    }

    /** Takes the lock until the session ends, if nobody else has it. Of one key with the other: the two exclude each other. */
    boolean lockSession() throws SQLException {
        return ask("SELECT pg_catalog.pg_try_advisory_lock(" + LOCK + ")");
    }

    boolean exists() throws SQLException {
        return ask("SELECT pg_catalog.to_regclass('rowhouse.rowhouse_ledger') IS NOT NULL");
    }

    void create() throws SQLException {
        if (!ask("SELECT pg_catalog.to_regnamespace('rowhouse') IS NOT NULL")) {
            execute("CREATE SCHEMA rowhouse");
        }
        execute(CREATE);
    }

    Standing standing(Script script) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(STANDING)) {
            query.setString(1, script.sha256());
            query.setString(2, script.sha256());
            try (ResultSet rows = query.executeQuery()) {
                Standing standing = Standing.EMPTY;
                while (rows.next()) {
                    standing = standing.with(
                            rows.getInt(1),
                            rows.getInt(2),
                            new Started(rows.getString(3), Optional.empty()),
                            rows.getBoolean(4));
                }
                return standing;
            }
        }
    }

    Optional<BegunScript> begunBefore(Script script) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(BEGUN)) {
            query.setString(1, script.sha256());
            try (ResultSet rows = query.executeQuery()) {
                String sha256 = null;
                List<String> checksums = new ArrayList<>();
                while (rows.next()) {
                    sha256 = rows.getString(1);
                    checksums.add(rows.getString(2));
                }
                return sha256 == null ? Optional.empty() : Optional.of(new BegunScript(sha256, checksums));
            }
        }
    }

    void rename(BegunScript begun, Script script) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(RENAME)) {
            update.setString(1, script.sha256());
            update.setInt(2, script.size());
            update.setString(3, begun.sha256());
            update.executeUpdate();
        }
    }

    boolean recordsOtherThan(Script script) throws SQLException {
        return ask(OTHERS, script.sha256());
    }

    void record(Script script, List<LedgerEntry> entries) throws SQLException {
        becomeOurselves();
        try (PreparedStatement insert = connection.prepareStatement(RECORD)) {
            for (int from = 0; from < entries.size(); from += ROWS_AT_A_TIME) {
                List<LedgerEntry> rows = entries.subList(from, Math.min(entries.size(), from + ROWS_AT_A_TIME));
                insert.setString(1, script.sha256());
                insert.setInt(2, script.size());
                insert.setArray(3, array("int4", rows, LedgerEntry::index));
                insert.setArray(4, array("text", rows, LedgerEntry::checksum));
                insert.setArray(5, array("text", rows, row -> row.started().toString()));
                insert.setArray(6, array("text", rows, row -> row.finished().toString()));
                insert.executeUpdate();
            }
        }
    }

    void recordStarted(Script script, ScriptStatement statement, Instant now) throws SQLException {
        becomeOurselves();
        try (PreparedStatement insert = connection.prepareStatement(RECORD_STARTED)) {
            insert.setString(1, script.sha256());
            insert.setInt(2, statement.index());
            insert.setInt(3, script.size());
            insert.setString(4, statement.checksum());
            insert.setString(5, now.toString());
            insert.executeUpdate();
        }
    }

    void forgetStarted(Script script, ScriptStatement statement) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(FORGET_STARTED)) {
            delete.setString(1, script.sha256());
            delete.setInt(2, statement.index());
            delete.executeUpdate();
        }
    }

    /** The script may have become someone who must not write here; it stays so when this transaction has ended. */
    private void becomeOurselves() throws SQLException {
        execute("SET LOCAL SESSION AUTHORIZATION DEFAULT; SET LOCAL ROLE NONE");
    }

    private java.sql.Array array(String type, List<LedgerEntry> rows, Function<LedgerEntry, Object> column)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(column).toArray());
    }

    private boolean ask(String sql, String... parameters) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setString(i + 1, parameters[i]);
            }
            try (ResultSet answer = query.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
