package dev.rowhouse.sql.script;

/** A script that cannot be cut into statements. The message says why and how to mend it, and repeats no literals. */
public final class UnreadableScriptException extends Exception {
    private final int line;

    /** @param line from 1 */
    public UnreadableScriptException(int line, String message) {
        super(message);
        this.line = line;
    }

    public int line() {
        return line;
    }
}
