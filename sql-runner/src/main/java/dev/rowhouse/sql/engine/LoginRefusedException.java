package dev.rowhouse.sql.engine;

/** The server refused user, password or database. */
public final class LoginRefusedException extends Exception {
    private final String sqlState;

    /** @param serverMessage fit to be shown */
    public LoginRefusedException(String sqlState, String serverMessage) {
        super(serverMessage);
        this.sqlState = sqlState;
    }

    public String sqlState() {
        return sqlState;
    }
}
