package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.engine.SqlFaults;
import dev.rowhouse.sql.script.ScriptStatement;
import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What PostgreSQL's errors mean; see https://www.postgresql.org/docs/current/errcodes-appendix.html. */
final class PostgresFaults extends SqlFaults {
    /** Wrong password; refused by pg_hba.conf; no such database; not allowed into that database. */
    private static final Set<String> REFUSALS = Set.of("28P01", "28000", "3D000", "42501");

    private static final Set<String> LOST =
            Set.of("57P01", "57P02", "57P03", "57P05", "25P03"); // shut down, crashed, starting up, idle too long

    private static final Set<String> CONFLICTS = Set.of("40001", "40P01"); // serialization, deadlock

    PostgresFaults(String password, ConnectionGuard guard) {
        super(password, guard);
    }

    @Override
    protected String sqlState(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** Never DETAIL, HINT or CONTEXT, which quote data. */
    @Override
    protected String words(SQLException e) {
        ServerErrorMessage fromServer = e instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        return fromServer == null ? withCause(e) : fromServer.getMessage();
    }

    @Override
    protected String shown(String words, SQLException e) {
        return PostgresText.message(words, sqlState(e));
    }

    @Override
    protected String excerpt(String sql) {
        return PostgresText.excerpt(sql);
    }

    @Override
    protected boolean saysItRefusesUs(SQLException e) {
        return REFUSALS.contains(sqlState(e));
    }

    @Override
    protected boolean saysItIsLost(SQLException e) {
        return LOST.contains(sqlState(e));
    }

    @Override
    protected boolean saysItMayPass(SQLException e) {
        return sqlState(e).startsWith("53") || CONFLICTS.contains(sqlState(e));
    }

    @Override
    protected String advice(ScriptStatement statement, SQLException e) {
        return PostgresAdvice.on(statement.text(), sqlState(e));
    }
}
