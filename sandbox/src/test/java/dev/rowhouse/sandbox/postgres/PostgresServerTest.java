package dev.rowhouse.sandbox.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sandbox.Queries;
import dev.rowhouse.sandbox.process.RunningProcess;
import dev.rowhouse.sandbox.tls.SandboxCa;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    @TempDir
    private Path temporary;

    @Test
    void keepsWhatWasCommittedOverAKillAndARestart() throws Exception {
        try (PostgresServer server = PostgresServer.startTemporary()) {
            try (Connection connection = server.superuserDataSource("postgres").getConnection()) {
                connection.createStatement().execute("CREATE TABLE kept AS SELECT 7 AS n");
                server.kill();
            }

            server.restart();

            try (Connection connection = server.superuserDataSource("postgres").getConnection()) {
                assertThat(Queries.one(connection, "SELECT n FROM kept")).isEqualTo("7");
            }
        }
    }

    @Test
    void showsACertificateForItsHostName() throws Exception {
        try (PostgresServer server = PostgresServer.startTemporary()) {
            String url = "jdbc:postgresql://localhost:" + server.port() + "/postgres?sslmode=verify-full&sslrootcert="
                    + server.caFile();

            try (Connection connection =
                    DriverManager.getConnection(url, server.superuser(), server.superuserPassword())) {
                assertThat(Queries.one(connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                        .isEqualTo("t");
            }
        }
    }

    @Test
    void isNotVouchedForByAnotherAuthority() throws Exception {
        try (PostgresServer server = PostgresServer.startTemporary()) {
            Path stranger = SandboxCa.in(temporary, Clock.systemUTC()).caFile();
            String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?sslmode=verify-ca&sslrootcert="
                    + stranger;

            assertThatThrownBy(() -> DriverManager.getConnection(url, server.superuser(), server.superuserPassword()))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("SSL error");
        }
    }

    @Test
    void comesBackWithItsDataInTheSameDirectory() throws Exception {
        SandboxCa ca = SandboxCa.in(temporary.resolve("tls"), Clock.systemUTC());
        PostgresServer.Options options = new PostgresServer.Options(temporary.resolve("data"), ca);
        try (PostgresServer first = PostgresServer.start(options);
                Connection connection = first.superuserDataSource("postgres").getConnection()) {
            connection.createStatement().execute("CREATE TABLE kept AS SELECT 7 AS n");
        }

        try (PostgresServer second = PostgresServer.start(options);
                Connection connection = second.superuserDataSource("postgres").getConnection()) {
            assertThat(Queries.one(connection, "SELECT n FROM kept")).isEqualTo("7");
        }
    }

    @Test
    void isGoneOnceClosed() throws Exception {
        PostgresServer server = PostgresServer.startTemporary();
        long pid = server.pid();

        server.close();

        assertThat(RunningProcess.hasPid(pid)).isFalse();
    }
}
