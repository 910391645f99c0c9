package dev.rowhouse.sql;

import dev.rowhouse.sandbox.postgres.PostgresServer;
import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own on a test's server, with an owner who is no superuser. */
record TenantDatabase(PostgresServer server, String name, String owner, String password) {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    static TenantDatabase on(PostgresServer server) throws SQLException {
        String name = "tenant_" + NUMBER.incrementAndGet();
        TenantDatabase database = new TenantDatabase(server, name, name + "_owner", "Pa55word-of-" + name);
        try (Connection connection = server.superuserDataSource("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE ROLE " + database.owner + " LOGIN CREATEROLE PASSWORD '" + database.password + "'");
            statement.execute("CREATE DATABASE " + name + " OWNER " + database.owner);
        }
        return database;
    }

    SqlRun run(String script) {
        return run(script, "localhost", server.port(), TlsMode.VERIFY_FULL);
    }

    SqlRun run(String script, String host, int port, TlsMode tls) {
        return new SqlRun(
                new Database(Engine.POSTGRES, host, port, name, tls),
                new Credentials(owner, password),
                script,
                Duration.ofSeconds(30),
                Duration.ofMinutes(2));
    }

    /** The first column of each row. */
    List<String> query(String sql) throws SQLException {
        try (Connection connection = server.superuserDataSource(name).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** Ends every session on this database, as a failover does; answers how many. */
    int endSessions() throws SQLException {
        return query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name
                        + "' AND pid <> pg_backend_pid()")
                .size();
    }

    /** How many sessions the database has, but for the one that asks. */
    int sessions() throws SQLException {
        return Integer.parseInt(query("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + name
                        + "' AND pid <> pg_backend_pid()")
                .get(0));
    }
}
