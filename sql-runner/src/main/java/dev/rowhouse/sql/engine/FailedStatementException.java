package dev.rowhouse.sql.engine;

import java.util.Map;

/** A statement that fails however often it is tried. */
public final class FailedStatementException extends Exception {
    private final transient Map<String, Object> details;

    /**
     * @param message for people; without secrets and literals
     * @param details as in {@link dev.rowhouse.sql.RunState.Failed}
     */
    public FailedStatementException(String message, Map<String, Object> details) {
        super(message);
        this.details = Map.copyOf(details);
    }

    public Map<String, Object> details() {
        return details;
    }
}
