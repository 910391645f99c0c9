package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.engine.ShownText;
import java.util.regex.Pattern;

/**
 * Makes statements and server messages fit to be shown: string literals become {@code '…'}, comments go, control characters
 * become spaces. Names and numbers stay. When in doubt it hides too much, never too little.
 */
final class PostgresText {
    /** A double-quoted part of a message: in most errors a name. */
    private static final Pattern DOUBLE_QUOTED = Pattern.compile("\"[^\"]*(\"|$)");

    private PostgresText() {}

    /** A statement's first 200 characters, counted after hiding. */
    static String excerpt(String sql) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        while (at < sql.length() && !ShownText.isEnough(shown)) {
            at = next(sql, at, shown);
        }
        return ShownText.excerpt(shown);
    }

    /**
     * The server's message. Where it quotes a value and not a name (class 22, bad data; P0, the script's own RAISE), the
     * double-quoted parts are hidden as well.
     */
    static String message(String message, String sqlState) {
        String start = ShownText.start(message);
        StringBuilder shown = new StringBuilder();
        int at = 0;
        while (at < start.length()) {
            char c = start.charAt(at);
            boolean opens = c == '\'' && (at == 0 || !Character.isLetterOrDigit(start.charAt(at - 1)));
            if (opens) {
                shown.append(ShownText.HIDDEN);
                at = endOfQuoted(start, at);
            } else {
                shown.append(c);
                at++;
            }
        }
        boolean quotesData = sqlState.startsWith("22") || sqlState.startsWith("P0");
        return ShownText.message(quotesData ? DOUBLE_QUOTED.matcher(shown).replaceAll("\"…\"") : shown);
    }

    /** Takes one token of {@code sql} over to {@code shown}; returns where the next one starts. */
    private static int next(String sql, int at, StringBuilder shown) {
        char c = sql.charAt(at);
        if (c == '\'') {
            shown.append(ShownText.HIDDEN);
            return isEscapeString(sql, at) ? endOfEscaped(sql, at) : endOfQuoted(sql, at);
        }
        if (c == '"') {
            int end = endOf(sql, at, "\"");
            shown.append(sql, at, end);
            return end;
        }
        if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            return end < 0 ? sql.length() : end;
        }
        if (sql.startsWith("/*", at)) {
            return endOfComment(sql, at);
        }
        if (c == '$' && (at == 0 || !isNamePart(sql.charAt(at - 1)))) {
            String quote = dollarQuote(sql, at);
            if (!quote.isEmpty()) {
                shown.append(ShownText.HIDDEN);
                return endOf(sql, at + quote.length() - 1, quote);
            }
        }
        shown.append(c);
        return at + 1;
    }

    /** After the quote that closes the one at {@code at}; a doubled one is part of the text. */
    private static int endOfQuoted(String text, int at) {
        int i = at + 1;
        while (i < text.length()) {
            if (text.charAt(i) == '\'') {
                if (i + 1 == text.length() || text.charAt(i + 1) != '\'') {
                    return i + 1;
                }
                i++;
            }
            i++;
        }
        return text.length();
    }

    private static int endOfEscaped(String sql, int at) {
        int i = at + 1;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '\'') {
                if (i + 1 == sql.length() || sql.charAt(i + 1) != '\'') {
                    return i + 1;
                }
                i++;
            }
            i++;
        }
        return sql.length();
    }

    private static boolean isEscapeString(String sql, int at) {
        return at > 0
                && (sql.charAt(at - 1) == 'e' || sql.charAt(at - 1) == 'E')
                && (at == 1 || !isNamePart(sql.charAt(at - 2)));
    }

    private static int endOfComment(String sql, int at) {
        int depth = 0;
        int i = at;
        while (i < sql.length()) {
            if (sql.startsWith("/*", i)) {
                depth++;
                i += 2;
            } else if (sql.startsWith("*/", i)) {
                depth--;
                i += 2;
                if (depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        return sql.length();
    }

    /** {@code $$} or {@code $tag$} at {@code at}; empty for anything else, as {@code $1}. */
    private static String dollarQuote(String sql, int at) {
        int i = at + 1;
        while (i < sql.length() && isNamePart(sql.charAt(i)) && sql.charAt(i) != '$') {
            i++;
        }
        boolean closed = i < sql.length() && sql.charAt(i) == '$';
        boolean named = i == at + 1 || !Character.isDigit(sql.charAt(at + 1));
        return closed && named ? sql.substring(at, i + 1) : "";
    }

    private static int endOf(String text, int at, String quote) {
        int end = text.indexOf(quote, at + 1);
        return end < 0 ? text.length() : end + quote.length();
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
