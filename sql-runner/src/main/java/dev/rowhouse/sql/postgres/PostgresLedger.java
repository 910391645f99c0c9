package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.script.Script;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What has been run on this database, in the database itself: {@code rowhouse.rowhouse_ledger}, a row per statement. It has a
 * schema of its own since scripts drop and rebuild {@code public}. Every name is given with its schema, built-in ones too:
 * scripts change the search path, and may define functions of the same names.
 *
 * <p>All of it happens inside the script's transaction, so a script that failed leaves neither rows nor the table behind.
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

    /** The count that was recorded decides, and not what today's splitter counts. */
    private static final String COMPLETE = """
            SELECT pg_catalog.count(finished) > 0 AND pg_catalog.count(finished) = pg_catalog.max(statement_count)
            FROM rowhouse.rowhouse_ledger WHERE script_sha256 = ?""";

    private static final String OTHERS =
            "SELECT EXISTS (SELECT FROM rowhouse.rowhouse_ledger WHERE script_sha256 <> ?)";

    private static final String RECORD = """
            INSERT INTO rowhouse.rowhouse_ledger
            SELECT ?, r.i, ?, r.c, r.s, r.f FROM ROWS FROM (
              pg_catalog.unnest(?::pg_catalog.int4[]), pg_catalog.unnest(?::pg_catalog.text[]),
              pg_catalog.unnest(?::pg_catalog.timestamptz[]), pg_catalog.unnest(?::pg_catalog.timestamptz[])) AS r(i, c, s, f)""";

    private final Connection connection;

    PostgresLedger(Connection connection) {
        this.connection = connection;
    }

    /**
     * Takes the lock until this transaction ends, if nobody has it. Bound to the transaction and not to the session, it cannot
     * be given back by the script ({@code pg_advisory_unlock_all}), nor be left behind on a pooler's server connection.
     */
    boolean lock() throws SQLException {
        return ask("SELECT pg_catalog.pg_try_advisory_xact_lock(" + LOCK + ")");
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

    boolean records(Script script) throws SQLException {
        return ask(COMPLETE, script.sha256());
    }

    boolean recordsOtherThan(Script script) throws SQLException {
        return ask(OTHERS, script.sha256());
    }

    /**
     * Records every statement of a script.
     *
     * @param checksums of its statements, in order
     * @param times when each statement started and, as the next element, when the last one had finished
     */
    void record(Script script, List<String> checksums, List<Instant> times) throws SQLException {
        // The script may have become someone who must not write here.
        execute("RESET SESSION AUTHORIZATION; RESET ROLE");
        try (PreparedStatement insert = connection.prepareStatement(RECORD)) {
            for (int from = 0; from < script.size(); from += ROWS_AT_A_TIME) {
                int to = Math.min(script.size(), from + ROWS_AT_A_TIME);
                insert.setString(1, script.sha256());
                insert.setInt(2, script.size());
                insert.setArray(
                        3,
                        array(
                                "int4",
                                IntStream.rangeClosed(from + 1, to).boxed().toArray()));
                insert.setArray(4, array("text", checksums.subList(from, to).toArray()));
                insert.setArray(5, array("text", texts(times, from, to)));
                insert.setArray(6, array("text", texts(times, from + 1, to + 1)));
                insert.executeUpdate();
            }
        }
    }

    private static Object[] texts(List<Instant> times, int from, int to) {
        return times.subList(from, to).stream().map(Instant::toString).toArray();
    }

    private java.sql.Array array(String type, Object[] values) throws SQLException {
        return connection.createArrayOf(type, values);
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
