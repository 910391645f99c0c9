package dev.rowhouse.sql.mysql;

import dev.rowhouse.sql.engine.ShownText;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes statements and server messages fit to be shown: string literals become {@code '…'}, comments go, control characters
 * become spaces. Names and numbers stay. When in doubt it hides too much, never too little.
 */
final class MySqlText {
    /** Servers cut their messages at 512 bytes, wherever that is; then the end of what they quote does not show. */
    private static final int CUT_OFF = 500;

    /** Errors that quote names alone; see https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html. */
    private static final Set<Integer> QUOTES_NAMES = Set.of(
            1007, 1008, 1046, 1048, 1049, 1050, 1051, 1052, 1054, 1060, 1061, 1068, 1072, 1075, 1091, 1101, 1109, 1110,
            1115, 1136, 1142, 1143, 1146, 1176, 1193, 1229, 1238, 1253, 1264, 1265, 1273, 1286, 1304, 1305, 1347, 1356,
            1359, 1360, 1364, 1370, 1406, 1418, 1419, 1449, 1451, 1452, 1537, 1539, 1553, 1746, 1822, 1824, 1826, 1828,
            1832, 1833, 3734, 3780, 3819, 3821);

    /** What stands round a value, to the message's end: the value may hold quotes itself. */
    private static final List<Pattern> QUOTES_A_VALUE = List.of(
            value("Duplicate entry ", " for key '[^']*'"),
            value(".*? value: ", " for column (?:'[^']*'|[`\\w.$-]+) at row [0-9]+"),
            value("You have an error in your SQL syntax; .*? near ", " at line [0-9]+"));

    private MySqlText() {}

    /** A statement's first 200 characters, counted after hiding. */
    static String excerpt(String sql) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        while (at < sql.length() && !ShownText.isEnough(shown)) {
            at = next(sql, at, shown);
        }
        return ShownText.excerpt(shown);
    }

    /** The server's message, or the driver's with 0 for the code. */
    static String message(String message, int errorCode) {
        String start = ShownText.start(message);
        if (QUOTES_NAMES.contains(errorCode)) {
            return ShownText.message(start);
        }
        for (Pattern known : QUOTES_A_VALUE) {
            Matcher matcher = known.matcher(start);
            if (matcher.matches()) {
                return ShownText.message(matcher.group(1) + ShownText.HIDDEN + matcher.group(2));
            }
        }
        return ShownText.message(withoutQuoted(start));
    }

    private static Pattern value(String before, String after) {
        // DataTruncation puts words of its own before the server's.
        return Pattern.compile("((?:Data truncation: )?" + before + ")'.*'(" + after + ")", Pattern.DOTALL);
    }

    /** From the first quote to the last: quotes within data are not doubled, so what lies between cannot be told apart. */
    private static String withoutQuoted(String message) {
        int first = 0;
        while (first < message.length() && !opens(message, first)) {
            first++;
        }
        if (first == message.length()) {
            return message;
        }
        int last = message.length() < CUT_OFF ? message.length() - 1 : first;
        while (last > first && !closes(message, last)) {
            last--;
        }
        return message.substring(0, first) + ShownText.HIDDEN + (last > first ? message.substring(last + 1) : "");
    }

    /** A quote, and not an apostrophe as in "can't". */
    private static boolean opens(String message, int at) {
        return isQuote(message.charAt(at)) && (at == 0 || !Character.isLetterOrDigit(message.charAt(at - 1)));
    }

    private static boolean closes(String message, int at) {
        return isQuote(message.charAt(at))
                && (at + 1 == message.length() || !Character.isLetterOrDigit(message.charAt(at + 1)));
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }

    /** Takes one token of {@code sql} over to {@code shown}; returns where the next one starts. */
    private static int next(String sql, int at, StringBuilder shown) {
        char c = sql.charAt(at);
        if (isQuote(c)) {
            // A double-quoted name (ANSI_QUOTES) goes too.
            shown.append(ShownText.HIDDEN);
            return endOfString(sql, at);
        }
        if (c == '`') {
            int end = endOf(sql, at + 1, "`");
            shown.append(sql, at, end);
            return end;
        }
        if (c == '#' || isDashComment(sql, at)) {
            int end = sql.indexOf('\n', at);
            return end < 0 ? sql.length() : end;
        }
        if (sql.startsWith("/*", at) && !isExecuted(sql, at)) {
            return endOf(sql, at + 2, "*/");
        }
        if (startsNumeral(sql, at)) {
            shown.append(sql, at, at + 2).append('…');
            return endOfWord(sql, at);
        }
        int end = isNamePart(c) ? endOfWord(sql, at) : at + 1;
        shown.append(sql, at, end);
        return end;
    }

    /**
     * After the quote that closes the one at {@code at}; a doubled one is part of the text. Whether a backslash escapes the quote
     * after it depends on the session's {@code sql_mode}: there the rest of the statement counts as text.
     */
    private static int endOfString(String sql, int at) {
        char quote = sql.charAt(at);
        int i = at + 1;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == '\\') {
                int run = i;
                while (run < sql.length() && sql.charAt(run) == '\\') {
                    run++;
                }
                boolean escapesPerhaps = (run - i) % 2 == 1 && run < sql.length() && sql.charAt(run) == quote;
                if (escapesPerhaps) {
                    return sql.length();
                }
                i = run;
            } else if (c == quote && (i + 1 == sql.length() || sql.charAt(i + 1) != quote)) {
                return i + 1;
            } else {
                i += c == quote ? 2 : 1;
            }
        }
        return sql.length();
    }

    /** {@code --} begins a comment only before a space, so {@code 5--1} is 6. */
    private static boolean isDashComment(String sql, int at) {
        return sql.startsWith("--", at) && (at + 2 == sql.length() || sql.charAt(at + 2) <= ' ');
    }

    /** {@code /*!40101 …} and MariaDB's {@code /*M!…} are code to some servers. */
    private static boolean isExecuted(String sql, int at) {
        return sql.startsWith("!", at + 2) || sql.startsWith("M!", at + 2);
    }

    /** {@code 0x…} and {@code 0b…} are strings in another form. */
    private static boolean startsNumeral(String sql, int at) {
        return sql.startsWith("0x", at) || sql.startsWith("0b", at);
    }

    private static int endOfWord(String sql, int at) {
        int i = at;
        while (i < sql.length() && isNamePart(sql.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int endOf(String sql, int from, String end) {
        int at = sql.indexOf(end, from);
        return at < 0 ? sql.length() : at + end.length();
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
