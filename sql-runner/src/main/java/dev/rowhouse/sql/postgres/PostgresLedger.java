package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.ledger.BegunScript;
import dev.rowhouse.sql.ledger.Columns;
import dev.rowhouse.sql.ledger.LedgerEntry;
import dev.rowhouse.sql.ledger.LedgerTable;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What has been run on this database, in the database itself: {@code rowhouse.rowhouse_ledger}, a row per statement. It has a
 * schema of its own since scripts drop and rebuild {@code public}. Every name is given with its schema, built-in ones too:
 * scripts change the search path, and may define functions of the same names.
 */
final class PostgresLedger implements LedgerTable {
    /** "rowhouse" in ASCII: the advisory lock that owners of a run take turns by. */
    private static final long LOCK = 0x726f_7768_6f75_7365L;

    /** An advisory lock's key is shown in halves. */
    private static final String IS_LOCKED = "SELECT EXISTS (SELECT FROM pg_catalog.pg_locks AS l"
            + " WHERE l.locktype OPERATOR(pg_catalog.=) 'advisory' AND l.granted"
            + " AND l.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()"
            + " AND l.classid OPERATOR(pg_catalog.=) " + (LOCK >>> 32) + "::pg_catalog.oid"
            + " AND l.objid OPERATOR(pg_catalog.=) " + (LOCK & 0xffff_ffffL) + "::pg_catalog.oid)";

    private static final String LAST_FINISHED = """
            SELECT coalesce(pg_catalog.max(l.statement_index), 0) FROM rowhouse.rowhouse_ledger AS l
            WHERE l.script_sha256 OPERATOR(pg_catalog.=) ?::pg_catalog.text AND l.finished IS NOT NULL""";

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
            WHERE l.script_sha256 = ? AND l.statement_index > 0 AND l.statement_index >= (
              SELECT pg_catalog.count(d.finished) FROM rowhouse.rowhouse_ledger AS d
              WHERE d.script_sha256 = ? AND d.statement_index > 0)
            ORDER BY l.statement_index""";

    /** The statements of the script that was begun last, if it is not complete. */
    private static final String BEGUN = """
            SELECT l.script_sha256, l.checksum, l.finished IS NOT NULL FROM rowhouse.rowhouse_ledger AS l
            WHERE l.statement_index > 0 AND l.script_sha256 = (
              SELECT b.script_sha256 FROM rowhouse.rowhouse_ledger AS b
              WHERE b.script_sha256 <> ? AND b.statement_index > 0
              GROUP BY b.script_sha256 HAVING pg_catalog.count(b.finished) < pg_catalog.max(b.statement_count)
              ORDER BY pg_catalog.max(b.started) DESC LIMIT 1)
            ORDER BY l.statement_index""";

    private static final String RENAME = """
            UPDATE rowhouse.rowhouse_ledger SET script_sha256 = ?, statement_count = ?
            WHERE script_sha256 = ? AND statement_index > 0""";

    /** A row of index 0 says that a script was continued as another one, which its checksum names. */
    private static final String REMEMBER_RENAMED =
            "INSERT INTO rowhouse.rowhouse_ledger VALUES (?, 0, 0, ?, ?::pg_catalog.timestamptz, ?::pg_catalog.timestamptz)";

    private static final String FORGET_RENAMED =
            "DELETE FROM rowhouse.rowhouse_ledger WHERE script_sha256 IN (?, ?) AND statement_index = 0";

    private static final String WAS_RENAMED =
            "SELECT EXISTS (SELECT FROM rowhouse.rowhouse_ledger WHERE script_sha256 = ? AND statement_index = 0)";

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
    private boolean bySession;

    PostgresLedger(Connection connection) {
        this.connection = connection;
    }

    /**
     * From here on the lock is the session's. Until then it is the transaction's, which cannot be given back by the script ({@code
     * pg_advisory_unlock_all}), nor be left behind on a pooler's server connection. Both are of one key, so they exclude each other.
     */
    void lockBySession() {
        bySession = true;
    }

    @Override
    public boolean lock() throws SQLException {
        return ask("SELECT pg_catalog." + (bySession ? "pg_try_advisory_lock" : "pg_try_advisory_xact_lock") + "("
                + LOCK + ")");
    }

    /** A lock of the transaction's cannot be given back. */
    @Override
    public boolean isLocked() throws SQLException {
        return ask(IS_LOCKED);
    }

    @Override
    public int lastFinished(Script script) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(LAST_FINISHED)) {
            query.setString(1, script.sha256());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Columns.number(row, 1) : 0;
            }
        }
    }

    @Override
    public void createIfMissing() throws SQLException {
        if (ask("SELECT pg_catalog.to_regclass('rowhouse.rowhouse_ledger') IS NOT NULL")) {
            return;
        }
        if (!ask("SELECT pg_catalog.to_regnamespace('rowhouse') IS NOT NULL")) {
            execute("CREATE SCHEMA rowhouse");
        }
        execute(CREATE);
    }

    @Override
    public Standing standing(Script script) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(STANDING)) {
            query.setString(1, script.sha256());
            query.setString(2, script.sha256());
            try (ResultSet rows = query.executeQuery()) {
                Standing standing = Standing.EMPTY;
                while (rows.next()) {
                    standing = standing.with(
                            Columns.number(rows, 1),
                            Columns.number(rows, 2),
                            new Started(Columns.text(rows, 3), Optional.empty()),
                            Columns.truth(rows, 4));
                }
                return standing;
            }
        }
    }

    @Override
    public Optional<BegunScript> begunBefore(Script script) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(BEGUN)) {
            query.setString(1, script.sha256());
            try (ResultSet rows = query.executeQuery()) {
                return BegunScript.of(rows);
            }
        }
    }

    @Override
    public boolean wasContinuedAsAnother(Script script) throws SQLException {
        return ask(WAS_RENAMED, script.sha256());
    }

    @Override
    public void rename(BegunScript begun, Script script, Instant now) throws SQLException {
        update(FORGET_RENAMED, begun.sha256(), script.sha256());
        update(RENAME, script.sha256(), script.size(), begun.sha256());
        update(REMEMBER_RENAMED, begun.sha256(), script.sha256(), now.toString(), now.toString());
    }

    @Override
    public boolean recordsOtherThan(Script script) throws SQLException {
        return ask(OTHERS, script.sha256());
    }

    @Override
    public void record(Script script, List<LedgerEntry> entries) throws SQLException {
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

    /** What a statement was like before is not kept: {@link PostgresRepetition} asks for what it needs. */
    @Override
    public void recordStarted(Script script, ScriptStatement statement, Optional<String> before, Instant now)
            throws SQLException {
        becomeOurselves();
        update(RECORD_STARTED, script.sha256(), statement.index(), script.size(), statement.checksum(), now.toString());
    }

    @Override
    public void forgetStarted(Script script, ScriptStatement statement) throws SQLException {
        becomeOurselves();
        update(FORGET_STARTED, script.sha256(), statement.index());
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
                return answer.next() && Columns.truth(answer, 1);
            }
        }
    }

    private void update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                update.setObject(i + 1, parameters[i]);
            }
            update.executeUpdate();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
