package dev.rowhouse.benchmarks;

import dev.rowhouse.sandbox.mysql.MySqlServer;
import dev.rowhouse.sandbox.mysql.Product;
import dev.rowhouse.sandbox.postgres.PostgresServer;
import dev.rowhouse.sql.Engine;
import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import dev.rowhouse.sql.TlsMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real server of the sandbox, with TLS. */
interface BenchmarkServer extends AutoCloseable {

    /** The servers that are measured. */
    enum Kind {
        POSTGRES,
        MYSQL,
        MARIADB
    }

    /** A database of its own. */
    record Tenant(Database database, Credentials credentials, String url) {
        Connection connect() throws SQLException {
            return DriverManager.getConnection(url, credentials.user(), credentials.password());
        }
    }

    static BenchmarkServer start(Kind kind) throws InterruptedException {
        return switch (kind) {
            case POSTGRES -> new Postgres(PostgresServer.startTemporary(), new AtomicInteger());
            case MYSQL -> new MySql(MySqlServer.startTemporary(Product.MYSQL), new AtomicInteger());
            case MARIADB -> new MySql(MySqlServer.startTemporary(Product.MARIADB), new AtomicInteger());
        };
    }

    Tenant newTenant() throws SQLException;

    Path caFile();

    @Override
    void close();

    /** PostgreSQL 18. */
    record Postgres(PostgresServer server, AtomicInteger number) implements BenchmarkServer {
        @Override
        public Tenant newTenant() throws SQLException {
            String name = "tenant_" + number.incrementAndGet();
            try (Connection connection = server.superuserDataSource("postgres").getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE ROLE " + name + " LOGIN PASSWORD 'Pa55word-of-" + name + "'");
                statement.execute("CREATE DATABASE " + name + " OWNER " + name);
            }
            return new Tenant(
                    new Database(Engine.POSTGRES, server.host(), server.port(), name, TlsMode.VERIFY_FULL),
                    new Credentials(name, "Pa55word-of-" + name),
                    "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + name + "?sslmode=require"
                            + "&preferQueryMode=simple");
        }

        @Override
        public Path caFile() {
            return server.caFile();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** MySQL 8.0 or MariaDB 11.4. */
    record MySql(MySqlServer server, AtomicInteger number) implements BenchmarkServer {
        @Override
        public Tenant newTenant() throws SQLException {
            String name = "tenant_" + number.incrementAndGet();
            Credentials credentials =
                    new Credentials(server.master().user(), server.master().password());
            try (Connection connection = DriverManager.getConnection(
                            server.jdbcUrl(""), credentials.user(), credentials.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            }
            return new Tenant(
                    new Database(Engine.MYSQL, server.host(), server.port(), name, TlsMode.VERIFY_FULL),
                    credentials,
                    server.jdbcUrl(name));
        }

        @Override
        public Path caFile() {
            return server.caFile();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
