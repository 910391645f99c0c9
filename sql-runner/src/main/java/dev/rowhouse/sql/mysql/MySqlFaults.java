package dev.rowhouse.sql.mysql;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import com.mysql.cj.jdbc.exceptions.PacketTooBigException;
import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.engine.ShownText;
import dev.rowhouse.sql.engine.SqlFaults;
import dev.rowhouse.sql.script.ScriptStatement;
import java.sql.DataTruncation;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/**
 * What the errors of MySQL and MariaDB mean, by their numbers: their SQLSTATE is mostly HY000. See
 * https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html and https://mariadb.com/kb/en/mariadb-error-code-reference/.
 */
final class MySqlFaults extends SqlFaults {
    private static final Set<Integer> REFUSALS = Set.of(
            1044, // not allowed into that database
            1045, // wrong user or password
            1049, // no such database
            1129, // this host, after too many tries that broke off
            1130, // this host
            1251, // a way to log in that is not spoken any more
            1524, // a way to log in that the server does not have
            1698, // no password where one is needed, or the reverse
            1820, // a password that must be changed
            1862, 3118, // a locked user
            4151); // a locked user, MariaDB

    private static final Set<Integer> LOST = Set.of(
            1053, // shuts down
            1077, 1079, 1080, 1152, // connection broken off
            1158, // network
            1159, 1160, 1161, 1184, 1317, // statement ended by somebody; a server that shuts down does so too
            1927, // connection ended by somebody, MariaDB
            3169, // session ended by somebody
            4031); // idle too long

    private static final Set<Integer> BUSY = Set.of(
            1021, // no room on the disk: waits for some
            1040, // too many connections
            1135, // no more threads
            1203, // too many connections of this user
            1205, // waited too long for a lock
            1213, // deadlock
            1226, // too much of something within an hour
            1412, // a table changed within the transaction
            1637, // too many transactions
            1836, // read-only, as a server is while another takes over
            3100, // group replication
            3101);

    /** Both for a read-only server, and for files that are out of reach. */
    private static final int FORBIDDEN_BY_OPTION = 1290;

    MySqlFaults(String password, ConnectionGuard guard) {
        super(password, guard);
    }

    /** The driver has one of its own for data that does not fit, whatever the server's. */
    @Override
    protected String sqlState(SQLException e) {
        if (e instanceof DataTruncation) {
            return MysqlErrorNumbers.mysqlToSqlstate(e.getErrorCode());
        }
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    @Override
    protected String words(SQLException e) {
        return isFromServer(e) ? e.getMessage() : withCause(e);
    }

    private static boolean isFromServer(SQLException e) {
        return e.getErrorCode() != 0;
    }

    @Override
    protected String shown(String words, SQLException e) {
        // The driver's own words, with two numbers in them.
        return e instanceof PacketTooBigException
                ? ShownText.message(words)
                : MySqlText.message(words, e.getErrorCode());
    }

    @Override
    protected String excerpt(String sql) {
        return MySqlText.excerpt(sql);
    }

    @Override
    protected Map<String, Object> details(SQLException e) {
        return isFromServer(e) ? Map.of("error_code", e.getErrorCode()) : Map.of();
    }

    @Override
    protected String advice(ScriptStatement statement, SQLException e) {
        return MySqlAdvice.on(statement.text(), e.getErrorCode(), e.getMessage());
    }

    @Override
    protected boolean saysItRefusesUs(SQLException e) {
        return REFUSALS.contains(e.getErrorCode());
    }

    @Override
    protected boolean saysItIsLost(SQLException e) {
        return LOST.contains(e.getErrorCode());
    }

    @Override
    protected boolean saysItMayPass(SQLException e) {
        return BUSY.contains(e.getErrorCode()) || sqlState(e).startsWith("40") || isReadOnlyServer(e);
    }

    private static boolean isReadOnlyServer(SQLException e) {
        return e.getErrorCode() == FORBIDDEN_BY_OPTION && e.getMessage().contains("read-only");
    }
}
