package dev.rowhouse.sql.engine;

/** What may be gone the next time: no connection, a lost one, a server that restarts, a deadlock. */
public final class PassingSqlFaultException extends Exception {
    private final int statementIndex;

    /**
     * @param message for logs; without secrets
     * @param statementIndex of the statement at which a connection was lost; 0 for any other fault
     */
    public PassingSqlFaultException(String message, int statementIndex, Throwable cause) {
        super(message, cause);
        this.statementIndex = statementIndex;
    }

    public int statementIndex() {
        return statementIndex;
    }
}
