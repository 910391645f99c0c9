package dev.rowhouse.sandbox.postgres;

/** Names and texts within statements of one line each: a line break would end one in single-user mode. */
final class Sql {

    private Sql() {}

    static String identifier(String name) {
        if (name.isEmpty() || name.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("not the name of a role or database: '" + name + "'");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** @throws IllegalArgumentException without the text, which may be a secret */
    static String literal(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("PostgreSQL stores no text with a zero byte");
        }
        return "E'"
                + text.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + "'";
    }
}
