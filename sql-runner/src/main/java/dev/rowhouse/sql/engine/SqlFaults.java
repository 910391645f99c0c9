package dev.rowhouse.sql.engine;

import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.connect.ConnectionGuard.Breach;
import dev.rowhouse.sql.script.ScriptStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a {@link SQLException} means for a run, and what of it may be shown; which it is, the engine's own errors decide. */
public abstract class SqlFaults {
    private final String password;
    private final ConnectionGuard guard;

    /** @param password hidden wherever it shows */
    protected SqlFaults(String password, ConnectionGuard guard) {
        this.password = password;
        this.guard = guard;
    }

    /** Whether the server says that it ended, or is about to end, the connection. */
    protected abstract boolean saysItIsLost(SQLException e);

    /** Whether it may be otherwise on another try: too busy, a conflict with others. */
    protected abstract boolean saysItMayPass(SQLException e);

    /** Whether the server refuses user, password or database. */
    protected abstract boolean saysItRefusesUs(SQLException e);

    /** The server's words, else the driver's, before anything is hidden; null for none. */
    protected abstract String words(SQLException e);

    /** Words of the server without the data they quote. */
    protected abstract String shown(String words, SQLException e);

    /** A statement's beginning, without its literals. */
    protected abstract String excerpt(String sql);

    /** SQLSTATE; empty for none. */
    protected abstract String sqlState(SQLException e);

    /** What is known of {@code e} beside SQLSTATE and message, by snake_case name. */
    protected Map<String, Object> details(SQLException e) {
        return Map.of();
    }

    /** What follows a statement's failure, in plain words; empty for what the message says already. */
    protected String advice(ScriptStatement statement, SQLException e) {
        return "";
    }

    public final String message(SQLException e) {
        String words = words(e);
        return shown(hidden(words == null ? "" : words), e);
    }

    /** "The connection attempt failed" alone helps nobody. */
    protected static String withCause(SQLException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        boolean saysMore = root != e && root.getMessage() != null;
        return saysMore ? e.getMessage() + " (" + root.getMessage() + ")" : e.getMessage();
    }

    /** @param statementIndex at which the connection was lost; 0 where that does not matter */
    public final PassingSqlFaultException passing(SQLException e, int statementIndex) {
        return new PassingSqlFaultException("[" + sqlState(e) + "] " + message(e), isLost(e) ? statementIndex : 0, e);
    }

    public final boolean isPassing(SQLException e) {
        return isLost(e) || saysItMayPass(e);
    }

    private boolean isLost(SQLException e) {
        return guard.breach().isPresent() || sqlState(e).startsWith("08") || saysItIsLost(e);
    }

    /** No connection: refused, or none this time. */
    public final LoginRefusedException refused(SQLException e) throws PassingSqlFaultException {
        if (guard.breach().isEmpty() && saysItRefusesUs(e)) {
            return new LoginRefusedException(sqlState(e), message(e));
        }
        throw passing(e, 0);
    }

    /** Tells a fault that may pass from one that will not. */
    public final FailedStatementException failed(ScriptStatement statement, SQLException e)
            throws PassingSqlFaultException {
        if (guard.breach().filter(Breach.TOO_MANY_BYTES::equals).isPresent()) {
            return failed(statement, sqlState(e), "the server answered with more bytes than it may");
        }
        if (isPassing(e)) {
            throw passing(e, statement.index());
        }
        return failed(statement, sqlState(e), message(e), details(e), advice(statement, e));
    }

    /** A failure that is no statement's: of the ledger, or of the commit. */
    public final FailedStatementException failed(String what, SQLException e) throws PassingSqlFaultException {
        if (isPassing(e)) {
            throw passing(e, 0);
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("sqlstate", sqlState(e));
        details.put("server_message", message(e));
        details.putAll(details(e));
        return new FailedStatementException(what + ": " + message(e) + " [" + sqlState(e) + "]", details);
    }

    public final FailedStatementException failed(ScriptStatement statement, String state, String message) {
        return failed(statement, state, message, Map.of(), "");
    }

    private FailedStatementException failed(
            ScriptStatement statement, String state, String message, Map<String, Object> more, String advice) {
        String excerpt = excerpt(hidden(statement.text()));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("statement_index", statement.index());
        details.put("line", statement.line());
        details.put("statement", excerpt);
        details.put("sqlstate", state);
        details.put("server_message", message);
        details.putAll(more);
        return new FailedStatementException(
                "Statement " + statement.index() + " in line " + statement.line() + " failed: " + message
                        + (state.isEmpty() ? "" : " [" + state + "]")
                        + (advice.isEmpty() ? "" : " (" + advice + ")")
                        + ": " + excerpt,
                details);
    }

    private String hidden(String text) {
        return text.replace(password, "***");
    }
}
