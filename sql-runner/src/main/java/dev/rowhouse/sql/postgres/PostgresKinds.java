package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.flyway.StatementSoFar;
import dev.rowhouse.sql.script.Kind;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells a statement's kind from its first words. A statement that no transaction may hold and that is missed here is still
 * refused by the server (25001). CALL and DO are taken for transactional: inside a transaction a COMMIT of theirs is an error.
 */
final class PostgresKinds {
    private record Rule(Kind kind, Pattern words) {
        static Rule of(Kind kind, String words) {
            return new Rule(kind, Pattern.compile("(?:" + words + ")\\b"));
        }
    }

    /**
     * The first that fits decides; what none fits is transactional. An enum's new value cannot be used in the transaction that
     * adds it. SET LOCAL, SET TRANSACTION and SET CONSTRAINTS end with their transaction, so they stay in it.
     */
    private static final List<Rule> RULES = List.of(
            Rule.of(
                    Kind.COMMITS,
                    "(CREATE|DROP) (DATABASE|TABLESPACE|SUBSCRIPTION)|ALTER SYSTEM"
                            + "|ALTER DATABASE\\b.* SET TABLESPACE|ALTER SUBSCRIPTION\\b.* (REFRESH|PUBLICATION)"
                            + "|(CREATE|DROP)( UNIQUE)? INDEX CONCURRENTLY|ALTER TABLE\\b.* DETACH PARTITION\\b.* CONCURRENTLY"
                            + "|REINDEX .*\\bCONCURRENTLY|REINDEX (SCHEMA|DATABASE|SYSTEM)|VACUUM|CLUSTER$|DISCARD ALL"
                            + "|ALTER TYPE\\b.* ADD VALUE"),
            Rule.of(Kind.BEGIN, "BEGIN|START TRANSACTION"),
            Rule.of(Kind.COMMIT, "COMMIT|END"),
            Rule.of(Kind.ROLLBACK, "ABORT|ROLLBACK(?! ((WORK|TRANSACTION) )?TO\\b)"),
            Rule.of(
                    Kind.SESSION,
                    "SET(?! (LOCAL|TRANSACTION|CONSTRAINTS)\\b)|RESET|PREPARE|DEALLOCATE|LISTEN|UNLISTEN|LOAD|DISCARD"
                            + "|CREATE( OR REPLACE)?( LOCAL| GLOBAL)? (TEMP|TEMPORARY)"));

    /** As pg_dump writes it. */
    private static final Pattern SET_CONFIG = Pattern.compile(
            "SELECT\\s+(pg_catalog\\.)?set_config\\s*\\(\\s*'[^']*'\\s*,\\s*'[^']*'\\s*,\\s*false\\s*\\)",
            Pattern.CASE_INSENSITIVE);

    /** A script is text and no bytes any more, and the driver sends UTF-8 and nothing else. */
    private static final Pattern CLIENT_ENCODING = Pattern.compile(
            "SET\\s+((SESSION|LOCAL)\\s+)?(CLIENT_ENCODING|NAMES)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern CONCURRENTLY_AS_OPTION =
            Pattern.compile("REINDEX\\s*\\([^)]*\\bCONCURRENTLY\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern TWO_PHASES = Pattern.compile("(PREPARE TRANSACTION|(COMMIT|ROLLBACK) PREPARED)\\b");

    private PostgresKinds() {}

    static Kind of(StatementSoFar statement, String sql) {
        String words = statement.words();
        if (TWO_PHASES.matcher(words).lookingAt()) {
            throw statement.refused(
                    "a prepared transaction, which outlives its session and cannot be run once and only once:"
                            + " use BEGIN and COMMIT, or leave it out");
        }
        if (CLIENT_ENCODING.matcher(sql).matches()) {
            return Kind.PASSED_OVER;
        }
        if (SET_CONFIG.matcher(sql).matches()) {
            return Kind.SESSION;
        }
        if (CONCURRENTLY_AS_OPTION.matcher(sql).matches()) {
            return Kind.COMMITS;
        }
        return RULES.stream()
                .filter(rule -> rule.words().matcher(words).lookingAt())
                .map(Rule::kind)
                .findFirst()
                .orElse(Kind.TRANSACTIONAL);
    }
}
