package dev.rowhouse.sql.postgres;

import java.util.List;
import java.util.regex.Pattern;

/** What to do about a statement that a managed server, or a new database, refuses: mostly to dump with other options. */
final class PostgresAdvice {
    private record Rule(String sqlState, Pattern statement, String advice) {
        private static Rule of(String sqlState, String statement, String advice) {
            return new Rule(sqlState, Pattern.compile(statement, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), advice);
        }
    }

    private static final String NO_OWNER =
            "it names a role of the server that was dumped: dump with --no-owner, or delete the statement";

    /** See https://www.postgresql.org/docs/current/errcodes-appendix.html; the first that fits is taken. */
    private static final List<Rule> RULES = List.of(
            Rule.of("42704", "ALTER\\s.*\\bOWNER\\s+TO\\s.*", NO_OWNER),
            Rule.of("42501", "ALTER\\s.*\\bOWNER\\s+TO\\s.*", NO_OWNER),
            Rule.of(
                    "42704",
                    "(GRANT|REVOKE|ALTER\\s+DEFAULT\\s+PRIVILEGES)\\b.*",
                    "it names a role of the server that was dumped: dump with --no-privileges, or create the role first"),
            Rule.of(
                    "42501",
                    "COMMENT\\s+ON\\s+EXTENSION\\b.*",
                    "extensions belong to the server's administrator: dump with --no-comments, or delete the statement"),
            Rule.of(
                    "42501",
                    "ALTER\\s+SYSTEM\\b.*",
                    "a managed server's settings are its administrator's: set it in the DB parameter group"),
            Rule.of(
                    "42501",
                    "COPY\\b.*",
                    "a managed server reads no files of its own: use COPY … FROM stdin, with the rows in the script"),
            Rule.of("25001", ".*", "take it out of BEGIN … COMMIT"),
            Rule.of(
                    "2D000",
                    "(CALL|DO)\\b.*",
                    "it commits, and runs inside a transaction here: leave COMMIT and ROLLBACK out of it"));

    private PostgresAdvice() {}

    /** Empty where the server's message says enough. */
    static String on(String statement, String sqlState) {
        return RULES.stream()
                .filter(rule -> rule.sqlState().equals(sqlState)
                        && rule.statement().matcher(statement).matches())
                .map(Rule::advice)
                .findFirst()
                .orElse("");
    }
}
