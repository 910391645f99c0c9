package dev.rowhouse.sql.flyway;

import dev.rowhouse.sql.script.UnreadableScriptException;

/** Carries what cannot be read out of Flyway's parser, which wraps whatever is thrown in it. */
public final class UnreadableStatementException extends RuntimeException {
    private final int line;

    /**
     * @param line from 1
     * @param message as in {@link UnreadableScriptException}
     */
    public UnreadableStatementException(int line, String message) {
        super(message);
        this.line = line;
    }

    UnreadableScriptException checked() {
        return new UnreadableScriptException(line, getMessage());
    }
}
