package dev.rowhouse.sql;

import dev.rowhouse.sandbox.mysql.MySqlServer;
import dev.rowhouse.sandbox.postgres.PostgresServer;
import java.sql.SQLException;
import java.util.List;

/** A database of its own on a test's server. */
interface TenantDatabase {

    static PostgresTenant on(PostgresServer server) throws SQLException {
        return PostgresTenant.on(server);
    }

    static MySqlTenant on(MySqlServer server) throws SQLException {
        return MySqlTenant.on(server);
    }

    String name();

    String owner();

    String password();

    /** Of its server, on this machine. */
    int port();

    default SqlRun run(String script) {
        return run(script, "localhost", port(), TlsMode.VERIFY_FULL);
    }

    SqlRun run(String script, String host, int port, TlsMode tls);

    /** The first column of each row. */
    List<String> query(String sql) throws SQLException;

    /** How many sessions the database has, but for the one that asks. */
    int sessions() throws SQLException;
}
