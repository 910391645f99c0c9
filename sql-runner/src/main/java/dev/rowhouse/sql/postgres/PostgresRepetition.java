package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.ledger.Columns;
import dev.rowhouse.sql.ledger.Repetition;
import dev.rowhouse.sql.script.ScriptStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement that no transaction may hold, once more, after nobody knows whether it happened. Most then fail by a state that
 * says so; for {@code CREATE INDEX CONCURRENTLY} that would not do, since an interrupted one leaves an index of that name which
 * is not valid: that one goes, and the index is made anew.
 *
 * <p>VACUUM, REINDEX and ALTER SYSTEM are harmless to repeat; an interrupted REINDEX CONCURRENTLY leaves an index that is not
 * valid, beside the one it was to replace.
 */
final class PostgresRepetition {
    /** By how a statement begins; see https://www.postgresql.org/docs/current/errcodes-appendix.html. */
    private static final Map<Pattern, Set<String>> DONE_ALREADY = Map.of(
            begins("CREATE\\s+DATABASE"), Set.of("42P04"),
            begins("DROP\\s+DATABASE"), Set.of("3D000"),
            begins("CREATE\\s+(TABLESPACE|SUBSCRIPTION)"), Set.of("42710"),
            begins("DROP\\s+(TABLESPACE|SUBSCRIPTION|INDEX)"), Set.of("42704"),
            begins("ALTER\\s+TYPE"), Set.of("42710"));

    private static final Pattern CREATE_INDEX = Pattern.compile(
            "CREATE\\s+(UNIQUE\\s+)?INDEX\\s+CONCURRENTLY\\s+(IF\\s+NOT\\s+EXISTS\\s+)?"
                    + "(?<name>(?!ON\\b)(\"[^\"]+\"|[^\\s\"]+)\\s+)?ON\\s+(ONLY\\s+)?"
                    + "(?<table>((\"[^\"]+\"|[^\\s\"(.]+)\\.)?(\"[^\"]+\"|[^\\s\"(.]+)).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final String INDEX = """
            SELECT i.indisvalid, i.indexrelid::pg_catalog.regclass::pg_catalog.text
            FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
            WHERE i.indrelid = pg_catalog.to_regclass(?) AND c.relname = (pg_catalog.parse_ident(?))[1]""";

    private final Connection connection;
    private final String sql;

    PostgresRepetition(Connection connection, ScriptStatement statement) {
        this.connection = connection;
        this.sql = statement.text();
    }

    /** Removes what half of the statement has left. */
    Repetition standing() throws SQLException {
        Matcher index = CREATE_INDEX.matcher(sql);
        if (!index.matches()) {
            return Repetition.TO_BE_RUN;
        }
        if (index.group("name") == null) {
            return Repetition.CANNOT_BE_TOLD;
        }
        try (PreparedStatement query = connection.prepareStatement(INDEX)) {
            query.setString(1, index.group("table"));
            query.setString(2, index.group("name").strip());
            try (ResultSet found = query.executeQuery()) {
                if (!found.next()) {
                    return Repetition.TO_BE_RUN;
                }
                if (Columns.truth(found, 1)) {
                    return Repetition.DONE;
                }
                drop(Columns.text(found, 2));
                return Repetition.TO_BE_RUN;
            }
        }
    }

    private void drop(String index) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP INDEX " + index);
        }
    }

    boolean saysThatItIsDone(SQLException e) {
        return e.getSQLState() != null
                && DONE_ALREADY.entrySet().stream()
                        .anyMatch(known -> known.getKey().matcher(sql).lookingAt()
                                && known.getValue().contains(e.getSQLState()));
    }

    private static Pattern begins(String words) {
        return Pattern.compile(words + "\\b", Pattern.CASE_INSENSITIVE);
    }
}
