package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.connect.ConnectionGuard.Breach;
import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.script.ScriptStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a {@link SQLException} means for a run, and what of it may be shown. */
final class PostgresFaults {
    /** See https://www.postgresql.org/docs/current/errcodes-appendix.html. */
    private static final Set<String> LOST =
            Set.of("57P01", "57P02", "57P03", "57P05", "25P03"); // shut down, crashed, starting up, idle too long

    private static final Set<String> CONFLICTS = Set.of("40001", "40P01"); // serialization, deadlock

    private static final String INSIDE_TRANSACTION = "25001";

    private final String password;
    private final ConnectionGuard guard;

    PostgresFaults(String password, ConnectionGuard guard) {
        this.password = password;
        this.guard = guard;
    }

    static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** The server's message, else the driver's and its cause's; never DETAIL, HINT or CONTEXT, which quote data. */
    String message(SQLException e) {
        ServerErrorMessage fromServer = e instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        String message = fromServer == null ? withCause(e) : fromServer.getMessage();
        return PostgresText.message(hidden(message == null ? "" : message), state(e));
    }

    /** "The connection attempt failed" alone helps nobody. */
    private static String withCause(SQLException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        boolean saysMore = root != e && root.getMessage() != null;
        return saysMore ? e.getMessage() + " (" + root.getMessage() + ")" : e.getMessage();
    }

    /** @param statementIndex at which the connection was lost; 0 where that does not matter */
    PassingSqlFaultException passing(SQLException e, int statementIndex) {
        return new PassingSqlFaultException("[" + state(e) + "] " + message(e), isLost(e) ? statementIndex : 0, e);
    }

    boolean isPassing(SQLException e) {
        return isLost(e) || state(e).startsWith("53") || CONFLICTS.contains(state(e));
    }

    private boolean isLost(SQLException e) {
        return guard.breach().isPresent() || state(e).startsWith("08") || LOST.contains(state(e));
    }

    /** Tells a fault that may pass from one that will not. */
    FailedStatementException failed(ScriptStatement statement, SQLException e) throws PassingSqlFaultException {
        if (guard.breach().filter(Breach.TOO_MANY_BYTES::equals).isPresent()) {
            return failed(statement, state(e), "the server answered with more bytes than it may");
        }
        if (isPassing(e)) {
            throw passing(e, statement.index());
        }
        if (state(e).equals(INSIDE_TRANSACTION)) {
            return notInOneTransaction(statement);
        }
        return failed(statement, state(e), message(e));
    }

    /** A failure that is no statement's: of the ledger, or of the commit. */
    FailedStatementException failed(String what, SQLException e) throws PassingSqlFaultException {
        if (isPassing(e)) {
            throw passing(e, 0);
        }
        return new FailedStatementException(
                what + ": " + message(e) + " [" + state(e) + "]",
                Map.of("sqlstate", state(e), "server_message", message(e)));
    }

    FailedStatementException notInOneTransaction(ScriptStatement statement) {
        return failed(
                statement,
                INSIDE_TRANSACTION,
                "it cannot run inside the one transaction that holds the whole script; not supported yet");
    }

    FailedStatementException failed(ScriptStatement statement, String state, String message) {
        String excerpt = PostgresText.excerpt(hidden(statement.text()));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("statement_index", statement.index());
        details.put("line", statement.line());
        details.put("statement", excerpt);
        details.put("sqlstate", state);
        details.put("server_message", message);
        return new FailedStatementException(
                "Statement " + statement.index() + " in line " + statement.line() + " failed: " + message
                        + (state.isEmpty() ? "" : " [" + state + "]") + ": " + excerpt,
                details);
    }

    private String hidden(String text) {
        return text.replace(password, "***");
    }
}
