package dev.rowhouse.sql.mysql;

import dev.rowhouse.sql.flyway.UnreadableStatementException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The mysql client's own commands. See https://dev.mysql.com/doc/refman/8.0/en/mysql-commands.html. */
final class ClientCommands {
    /** None of them begins a SQL statement. DELIMITER is understood; USE is SQL as well. */
    private static final Set<String> NAMES = Set.of(
            "charset",
            "clear",
            "connect",
            "edit",
            "ego",
            "exit",
            "go",
            "nopager",
            "notee",
            "nowarning",
            "pager",
            "print",
            "prompt",
            "query_attributes",
            "quit",
            "rehash",
            "resetconnection",
            "source",
            "ssl_session_data_print",
            "status",
            "system",
            "tee",
            "warnings");

    private static final Pattern ONE_NAME = Pattern.compile("[ \\t]+(`[^`\\r\\n]+`|[^\\s`'\"/#]+)\\s*");

    private ClientCommands() {}

    static boolean isOne(String word) {
        return NAMES.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Without what follows the command, which may be a secret. */
    static UnreadableStatementException refused(String name, int line) {
        String how = name.equalsIgnoreCase("\\g")
                ? "end the statement with its delimiter instead"
                : "write it in SQL, or leave it out";
        return new UnreadableStatementException(
                line,
                "Line " + line + " holds the mysql command " + name + ", which only the mysql client understands: "
                        + how);
    }

    /**
     * Whether a USE needs no delimiter: the client takes one alone in its line for its own command.
     *
     * @param rest of the line after USE, with what ends it; null at the end of the script
     */
    static boolean usesWithoutDelimiter(String rest, String delimiter) {
        return rest != null
                && !rest.contains(delimiter)
                && ONE_NAME.matcher(rest).matches();
    }

    /**
     * What the client takes for the new delimiter.
     *
     * @param rest of the line after DELIMITER
     */
    static String delimiter(String rest, int line) {
        String argument = rest.strip();
        if (argument.isEmpty() || argument.contains("\\")) {
            throw new UnreadableStatementException(
                    line,
                    "DELIMITER in line " + line
                            + " must be followed by the characters that end a statement, none of them a backslash");
        }
        char first = argument.charAt(0);
        int closing = argument.indexOf(first, 1);
        if ((first == '\'' || first == '"' || first == '`') && closing > 1) {
            return argument.substring(1, closing);
        }
        return argument.split("\\s", 2)[0];
    }
}
