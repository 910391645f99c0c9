package dev.rowhouse.sql.postgres;

/** Carries a psql command out of Flyway's parser, which wraps whatever is thrown in it. */
final class PsqlCommandException extends RuntimeException {
    private final int line;
    private final String name;

    PsqlCommandException(int line, String name) {
        super("psql command in line " + line);
        this.line = line;
        this.name = name;
    }

    int line() {
        return line;
    }

    /** Without the backslash and without what follows it, which may be a secret. */
    String name() {
        return name;
    }
}
