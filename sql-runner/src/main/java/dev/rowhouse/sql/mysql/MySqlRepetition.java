package dev.rowhouse.sql.mysql;

import dev.rowhouse.sql.ledger.Columns;
import dev.rowhouse.sql.ledger.Repetition;
import dev.rowhouse.sql.script.ScriptStatement;
import dev.rowhouse.sql.script.Sha256;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A DDL statement once more, after nobody knows whether it happened. It happened whole or not at all: DDL is atomic in MySQL 8.0 and
 * in MariaDB 10.6. Most statements fail by an error that says so. {@code ALTER TABLE} may not ({@code ADD INDEX (a)} makes
 * another index each time), so for it the table is compared with what it was before.
 *
 * <p>The others (TRUNCATE, GRANT, ANALYZE …) are harmless to repeat.
 */
final class MySqlRepetition {
    /** By how a statement begins; see https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html. */
    private static final Map<Pattern, Set<Integer>> DONE_ALREADY = Map.ofEntries(
            Map.entry(begins("CREATE\\s+(DATABASE|SCHEMA)"), Set.of(1007)),
            Map.entry(begins("DROP\\s+(DATABASE|SCHEMA)"), Set.of(1008)),
            // 4091 and 4092: MariaDB's for sequences and views.
            Map.entry(begins("CREATE\\b.*?\\b(TABLE|VIEW|SEQUENCE)"), Set.of(1050)),
            Map.entry(begins("DROP\\s+(TABLE|TABLES|VIEW|SEQUENCE)"), Set.of(1051, 4091, 4092)),
            Map.entry(begins("CREATE\\b.*?\\bINDEX"), Set.of(1061)),
            Map.entry(begins("DROP\\s+INDEX"), Set.of(1091)),
            Map.entry(begins("CREATE\\b.*?\\b(PROCEDURE|FUNCTION|PACKAGE)"), Set.of(1304)),
            Map.entry(begins("DROP\\s+(PROCEDURE|FUNCTION|PACKAGE)"), Set.of(1305)),
            Map.entry(begins("CREATE\\b.*?\\bTRIGGER"), Set.of(1359)),
            Map.entry(begins("DROP\\s+TRIGGER"), Set.of(1360)),
            Map.entry(begins("CREATE\\b.*?\\bEVENT"), Set.of(1537)),
            Map.entry(begins("(DROP|ALTER)\\b.*?\\bEVENT"), Set.of(1539)),
            Map.entry(begins("(CREATE|DROP|RENAME)\\s+(USER|ROLE)"), Set.of(1396)),
            Map.entry(begins("CREATE\\s+SERVER"), Set.of(1476)),
            Map.entry(begins("DROP\\s+SERVER"), Set.of(1477)),
            Map.entry(begins("REVOKE"), Set.of(1141, 1147)));

    private static final int NO_SUCH_TABLE = 1146;

    private static final String IDENTIFIER = "(?:`(?:[^`]|``)+`|\"(?:[^\"]|\"\")+\"|[\\p{L}\\p{N}_$]+)";
    private static final String NAME = "((?:" + IDENTIFIER + "\\s*\\.\\s*)?" + IDENTIFIER + ")";

    private static final String ALTER = "ALTER\\s+(?:ONLINE\\s+|IGNORE\\s+)*TABLE\\s+";
    private static final Pattern ALTERS = begins("ALTER\\s+(?:\\w+\\s+)*TABLE");
    private static final Pattern ALTERED =
            Pattern.compile(ALTER + "(?:IF\\s+EXISTS\\s+)?(?!IF\\b)" + NAME, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern EXCHANGES = begins("ALTER\\s.*\\bEXCHANGE\\s+PARTITION");
    private static final Pattern RENAMES = begins("RENAME\\s+TABLES?");
    private static final Pattern RENAMED = Pattern.compile(NAME + "\\s+TO\\s+" + NAME, Pattern.CASE_INSENSITIVE);

    /** {@code /*!40000 ALTER TABLE … }, as dumps have it, and comments before a statement. */
    private static final Pattern LEADING =
            Pattern.compile("(\\s|/\\*M?![0-9]*|/\\*(?!M?!).*?\\*/|--[ \\t][^\\n]*\\n|#[^\\n]*\\n)*+", Pattern.DOTALL);

    private static final Pattern COUNTER = Pattern.compile(" AUTO_INCREMENT=[0-9]+");

    private final Connection connection;
    private final String sql;

    MySqlRepetition(Connection connection, ScriptStatement statement) {
        this.connection = connection;
        Matcher leading = LEADING.matcher(statement.text());
        this.sql = leading.lookingAt() ? statement.text().substring(leading.end()) : statement.text();
    }

    /** A fingerprint of the table that the statement alters; empty for other statements, and for a table that is not there. */
    Optional<String> alteredTable() throws SQLException {
        Matcher altered = ALTERED.matcher(sql);
        return altered.lookingAt() ? fingerprint(altered.group(1)) : Optional.empty();
    }

    private Optional<String> fingerprint(String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet table = statement.executeQuery("SHOW CREATE TABLE " + name)) {
            return table.next()
                    ? Optional.of(
                            Sha256.hex(COUNTER.matcher(Columns.text(table, 2)).replaceFirst("")))
                    : Optional.empty();
        } catch (SQLException e) {
            if (e.getErrorCode() == NO_SUCH_TABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** @param before as {@link #alteredTable} told it before the first run */
    Repetition standing(Optional<String> before) throws SQLException {
        if (RENAMES.matcher(sql).lookingAt()) {
            return renamed();
        }
        boolean unreadable =
                ALTERS.matcher(sql).lookingAt() && !ALTERED.matcher(sql).lookingAt();
        if (unreadable || EXCHANGES.matcher(sql).lookingAt()) {
            return Repetition.CANNOT_BE_TOLD;
        }
        return before.equals(alteredTable()) ? Repetition.TO_BE_RUN : Repetition.DONE;
    }

    /** A name that only goes away is gone when it has happened; in a ring, where each one comes back, nothing tells. */
    private Repetition renamed() throws SQLException {
        Set<String> goes = names(1);
        goes.removeAll(names(2));
        if (goes.isEmpty()) {
            return Repetition.CANNOT_BE_TOLD;
        }
        return fingerprint(goes.iterator().next()).isPresent() ? Repetition.TO_BE_RUN : Repetition.DONE;
    }

    private Set<String> names(int group) {
        return RENAMED.matcher(sql)
                .results()
                .map(pair -> pair.group(group).replaceAll("\\s", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean saysThatItIsDone(int errorCode) {
        return DONE_ALREADY.entrySet().stream()
                .anyMatch(known -> known.getValue().contains(errorCode)
                        && known.getKey().matcher(sql).lookingAt());
    }

    private static Pattern begins(String words) {
        return Pattern.compile(words + "(?![\\w$])", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
