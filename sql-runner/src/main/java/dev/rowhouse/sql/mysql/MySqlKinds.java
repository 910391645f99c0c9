package dev.rowhouse.sql.mysql;

import dev.rowhouse.sql.flyway.StatementSoFar;
import dev.rowhouse.sql.script.Kind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a statement's kind from its first words. What is not known here may commit inside for all we know.
 *
 * <p>See https://dev.mysql.com/doc/refman/8.0/en/implicit-commit.html.
 */
final class MySqlKinds {
    private record Rule(Kind kind, Pattern words) {
        static Rule of(Kind kind, String words) {
            return new Rule(kind, Pattern.compile("(?:" + words + ")\\b"));
        }
    }

    /** The first that fits decides. */
    private static final List<Rule> RULES = List.of(
            Rule.of(
                    Kind.PASSED_OVER,
                    "LOCK TABLES?|UNLOCK TABLES?"
                            + "|FLUSH( LOCAL| NO_WRITE_TO_BINLOG)? TABLES?\\b.*\\b(WITH READ LOCK|FOR EXPORT)"),
            Rule.of(
                    Kind.SESSION,
                    "USE|PREPARE|DEALLOCATE|DROP PREPARE|(CREATE|DROP)( OR REPLACE)? TEMPORARY|(UN)?LOCK INSTANCE"),
            Rule.of(Kind.OPAQUE, "CALL|EXECUTE|BEGIN NOT ATOMIC"),
            Rule.of(Kind.BEGIN, "BEGIN|START TRANSACTION"),
            Rule.of(Kind.COMMIT, "COMMIT"),
            Rule.of(Kind.ROLLBACK, "ROLLBACK(?! (WORK )?TO\\b)"),
            Rule.of(
                    Kind.TRANSACTIONAL,
                    "INSERT|UPDATE|DELETE|REPLACE|SELECT|WITH|VALUES|TABLE|LOAD (DATA|XML)|DO|HANDLER|SAVEPOINT"
                            + "|RELEASE SAVEPOINT|ROLLBACK|SHOW|DESCRIBE|DESC|EXPLAIN|ANALYZE (FORMAT|SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH)|CHECKSUM|HELP|SIGNAL"
                            + "|RESIGNAL|GET"),
            Rule.of(
                    Kind.COMMITS,
                    "ALTER|CREATE|DROP|TRUNCATE|RENAME|GRANT|REVOKE|ANALYZE|OPTIMIZE|CHECK|REPAIR|FLUSH|RESET|CACHE"
                            + "|LOAD INDEX|INSTALL|UNINSTALL|IMPORT TABLE|CHANGE|START|STOP|PURGE"));

    private static final Pattern FOR_ONE_STATEMENT = Pattern.compile("SET STATEMENT\\b.*?\\bFOR ");

    private MySqlKinds() {}

    static Kind of(StatementSoFar statement, String sql) {
        String words = statement.words();
        if (!statement.hasSubstance()) {
            return Kind.PASSED_OVER;
        }
        if (sql.startsWith("(")) {
            return Kind.TRANSACTIONAL;
        }
        Matcher forOne = FOR_ONE_STATEMENT.matcher(words);
        if (forOne.lookingAt()) {
            return ofWords(words.substring(forOne.end()));
        }
        refuseWhatCannotBeResumed(statement, words);
        return words.equals("SET") || words.startsWith("SET ") ? SetStatement.kind(sql) : ofWords(words);
    }

    private static Kind ofWords(String words) {
        return RULES.stream()
                .filter(rule -> rule.words().matcher(words).lookingAt())
                .map(Rule::kind)
                .findFirst()
                .orElse(Kind.OPAQUE);
    }

    private static void refuseWhatCannotBeResumed(StatementSoFar statement, String words) {
        if (words.startsWith("XA ")) {
            throw statement.refused(
                    "XA, a transaction that outlives its session and cannot be run once and only once: use START TRANSACTION"
                            + " and COMMIT, or leave it out");
        }
        if (words.matches("(COMMIT|ROLLBACK)\\b.*(?<! NO) RELEASE")) {
            throw statement.refused("RELEASE, which ends the session in the middle of the script: leave it out");
        }
    }
}
