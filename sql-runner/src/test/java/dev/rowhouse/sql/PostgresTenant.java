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

/** A database with an owner who is no superuser. */
record PostgresTenant(PostgresServer server, String name, String owner, String password) implements TenantDatabase {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    static PostgresTenant on(PostgresServer server) throws SQLException {
        String name = "tenant_" + NUMBER.incrementAndGet();
        PostgresTenant database = new PostgresTenant(server, name, name + "_owner", "Pa55word-of-" + name);
        try (Connection connection = server.superuserDataSource("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE ROLE " + database.owner + " LOGIN CREATEROLE PASSWORD '" + database.password + "'");
            statement.execute("CREATE DATABASE " + name + " OWNER " + database.owner);
        }
        return database;
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public SqlRun run(String script, String host, int port, TlsMode tls) {
        return new SqlRun(
                new Database(Engine.POSTGRES, host, port, name, tls),
                new Credentials(owner, password),
                script,
                Duration.ofSeconds(30),
                Duration.ofMinutes(2));
    }

    @Override
    public List<String> query(String sql) throws SQLException {
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

    @Override
    public int sessions() throws SQLException {
        return Integer.parseInt(query("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + name
                        + "' AND pid <> pg_backend_pid()")
                .get(0));
    }
}
