package dev.rowhouse.sandbox.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sandbox.Queries;
import dev.rowhouse.sandbox.tls.SandboxCa;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Product.class)
class MySqlServerTest {

    private static final String INSUFFICIENT = "Access denied";

    @TempDir
    private Path temporary;

    private final Product product;
    private static MySqlServer server;

    MySqlServerTest(Product product) {
        this.product = product;
    }

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws InterruptedException {
        server = MySqlServer.startTemporary(product);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
    }

    @Test
    void isTheProductThatWasAskedFor() throws Exception {
        try (Connection connection = Logins.asMaster(server, "")) {
            assertThat(Queries.one(connection, "SELECT VERSION()"))
                    .contains(product == Product.MYSQL ? "8.0." : "MariaDB");
        }
    }

    @Test
    void showsACertificateForItsHostName() throws Exception {
        String url = Logins.checkedUrl("localhost", server.port(), "", server.caFile(), temporary);

        try (Connection connection = login(url)) {
            assertThat(Queries.one(
                            connection,
                            "SELECT variable_value FROM " + statusTable() + " WHERE variable_name = 'Ssl_version'"))
                    .startsWith("TLSv1.");
        }
    }

    private String statusTable() {
        return product == Product.MYSQL ? "performance_schema.session_status" : "information_schema.session_status";
    }

    @Test
    void isNotVouchedForByAnotherAuthority() throws Exception {
        Path stranger =
                SandboxCa.in(temporary.resolve("stranger"), Clock.systemUTC()).caFile();
        String url = Logins.checkedUrl("localhost", server.port(), "", stranger, temporary);

        assertThatThrownBy(() -> login(url)).isInstanceOf(SQLException.class).hasStackTraceContaining("trust anchors");
    }

    @Test
    void keepsWhatWasCommittedOverAKillAndARestart() throws Exception {
        try (Connection connection = Logins.asMaster(server, "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE kept");
            statement.execute("CREATE TABLE kept.t AS SELECT 7 AS n");
            server.kill();
        }

        server.restart();

        try (Connection connection = Logins.asMaster(server, "kept")) {
            assertThat(Queries.one(connection, "SELECT n FROM t")).isEqualTo("7");
        }
    }

    @Test
    void refusesItsMasterWhatRdsRefuses() throws Exception {
        try (Connection connection = Logins.asMaster(server, "");
                Statement statement = connection.createStatement()) {
            for (String forbidden : List.of(
                    "SET GLOBAL max_connections = 1",
                    "SELECT 1 INTO OUTFILE '/tmp/rowhouse-never'",
                    "SHUTDOWN",
                    "GRANT ALL ON *.* TO CURRENT_USER")) {
                assertThatThrownBy(() -> statement.execute(forbidden))
                        .as(forbidden)
                        .hasMessageContaining(INSUFFICIENT);
            }
        }
    }

    @Test
    void refusesATriggerWhileItLogsForReplicas() throws Exception {
        try (Connection connection = Logins.asMaster(server, "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE triggers");
            statement.execute("CREATE TABLE triggers.t (n INT)");

            assertThatThrownBy(() -> statement.execute(
                            "CREATE TRIGGER triggers.x BEFORE INSERT ON triggers.t FOR EACH ROW SET NEW.n = 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(1419));
        }
    }

    @Test
    void letsNobodyElseIn() {
        for (String user : List.of("root", "rdsadmin", "mysql.sys", "mariadb.sys", "")) {
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(""), user, ""))
                    .as(user)
                    .hasMessageContaining("Access denied");
        }
    }

    private Connection login(String url) throws SQLException {
        return DriverManager.getConnection(
                url, server.master().user(), server.master().password());
    }
}
