package dev.rowhouse.sql;

import dev.rowhouse.sandbox.mysql.MySqlServer;
import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database whose owner is the server's master user. */
record MySqlTenant(MySqlServer server, String name) implements TenantDatabase {
    private static final String SESSIONS =
            "SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND user = SUBSTRING_INDEX(CURRENT_USER(), '@', 1)";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    static MySqlTenant on(MySqlServer server) throws SQLException {
        MySqlTenant tenant = new MySqlTenant(server, "tenant_" + NUMBER.incrementAndGet());
        tenant.execute("", "CREATE DATABASE " + tenant.name());
        return tenant;
    }

    @Override
    public String owner() {
        return server.master().user();
    }

    @Override
    public String password() {
        return server.master().password();
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public SqlRun run(String script, String host, int port, TlsMode tls) {
        return new SqlRun(
                new Database(Engine.MYSQL, host, port, name, tls),
                new Credentials(owner(), password()),
                script,
                Duration.ofSeconds(30),
                Duration.ofMinutes(2));
    }

    @Override
    public List<String> query(String sql) throws SQLException {
        try (Connection connection = connect(name);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** A connection that holds a lock of the server's. */
    Connection holding(String lock) throws SQLException {
        Connection holder = connect("");
        try (Statement statement = holder.createStatement()) {
            statement.execute("DO GET_LOCK('" + lock + "', 0)");
        }
        return holder;
    }

    /** Also those that are in no database. */
    void endSessionsBut(Connection holder) throws SQLException {
        try (Statement statement = holder.createStatement();
                ResultSet sessions = statement.executeQuery(SESSIONS)) {
            List<String> ids = new ArrayList<>();
            while (sessions.next()) {
                ids.add(sessions.getString(1));
            }
            for (String id : ids) {
                execute("", "KILL " + id);
            }
        }
    }

    @Override
    public int sessions() throws SQLException {
        return query(SESSIONS + " AND db = '" + name + "'").size();
    }

    void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(database), owner(), password());
    }
}
