package dev.rowhouse.sandbox.mysql;

/** Names and texts within statements of one line each: a server reads its init file by lines. */
final class Sql {

    private Sql() {}

    static String identifier(String name) {
        if (name.isEmpty() || name.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("not the name of a user or database: '" + name + "'");
        }
        return '`' + name.replace("`", "``") + '`';
    }

    static String literal(String text) {
        return "'"
                + text.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\0", "\\0")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + "'";
    }
}
