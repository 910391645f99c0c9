package dev.rowhouse.sql.mysql;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What to do about statements that a managed server forbids: dumps of other servers hold them. */
final class MySqlAdvice {
    /** Where a statement says what it is; rows may follow for megabytes. */
    private static final int BEGINNING = 4_000;

    private static final int NEEDS_A_RIGHT = 1227;
    private static final Set<Integer> FILES = Set.of(
            1045, // no FILE
            NEEDS_A_RIGHT,
            1148,
            1290, // secure_file_priv
            3948,
            4166); // MariaDB

    private record Rule(Set<Integer> errors, Predicate<String> statement, Predicate<String> message, String advice) {}

    private static final List<Rule> RULES = List.of(
            rule(
                    Set.of(NEEDS_A_RIGHT, 1449),
                    "\\bDEFINER\\s*=",
                    "a managed server lets nobody make things in another user's name: take DEFINER = … out of the"
                            + " statement"),
            rule(
                    Set.of(NEEDS_A_RIGHT),
                    "\\b(GTID_PURGED|SQL_LOG_BIN)\\b",
                    "a managed server keeps replication to itself: take the statement out, or dump with"
                            + " --set-gtid-purged=OFF"),
            rule(
                    Set.of(NEEDS_A_RIGHT, 1229, 1238),
                    "\\bSET\\s+(@@)?(GLOBAL|PERSIST|PERSIST_ONLY)\\b",
                    "a managed server's global variables are set in its parameter group: set it there, and take the"
                            + " statement out"),
            rule(
                    Set.of(1229, 1238),
                    "\\bSET\\b",
                    "a managed server's global and read-only variables are set in its parameter group: set it there, and"
                            + " take the statement out"),
            rule(Set.of(1418, 1419), "", "set log_bin_trust_function_creators = 1 in the server's parameter group"),
            rule(
                    FILES,
                    "\\bLOAD\\s+(DATA|XML)\\b",
                    "there is no file to load: only the script is here, and a managed server's files are out of reach."
                            + " Write the rows as INSERT"),
            rule(
                    FILES,
                    "\\bINTO\\s+(OUTFILE|DUMPFILE)\\b",
                    "a managed server's files are out of reach: take the statement out"),
            unknownCollation(
                    "_0900_", "that collation is MySQL 8.0's, which MariaDB does not have: use utf8mb4_unicode_520_ci"),
            unknownCollation(
                    "uca1400", "that collation is MariaDB's, which MySQL does not have: use utf8mb4_0900_ai_ci"));

    private MySqlAdvice() {}

    /** Empty where there is none. */
    static String on(String statement, int error, String message) {
        String beginning = statement.substring(0, Math.min(BEGINNING, statement.length()));
        for (Rule rule : RULES) {
            if (rule.errors.contains(error)
                    && rule.statement.test(beginning)
                    && rule.message.test(message == null ? "" : message)) {
                return rule.advice;
            }
        }
        return "";
    }

    private static Rule rule(Set<Integer> errors, String statement, String advice) {
        return new Rule(errors, found(statement), message -> true, advice);
    }

    private static Rule unknownCollation(String part, String advice) {
        return new Rule(Set.of(1273), statement -> true, found(part), advice);
    }

    private static Predicate<String> found(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).asPredicate();
    }
}
