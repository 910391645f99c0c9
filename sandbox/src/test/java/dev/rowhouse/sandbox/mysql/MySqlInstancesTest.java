package dev.rowhouse.sandbox.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sandbox.Queries;
import dev.rowhouse.sandbox.aws.DatabaseHost.Endpoint;
import dev.rowhouse.sandbox.aws.DatabaseHost.Instance;
import dev.rowhouse.sandbox.rds.RdsInstances;
import dev.rowhouse.sandbox.tls.SandboxCa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MySqlInstancesTest {

    private static final String IDENTIFIER = "acme-db";
    private static final String PASSWORD = "Quote'Back\\slash-do-not-write-me";

    @TempDir
    private Path temporary;

    private RdsInstances instances;

    @BeforeEach
    void openInstances() throws Exception {
        instances = open();
    }

    @AfterEach
    void writesNoPasswordToItsFiles() throws Exception {
        try (Stream<Path> files = Files.walk(temporary)) {
            assertThat(files.filter(Files::isRegularFile).filter(MySqlInstancesTest::holdsThePassword))
                    .isEmpty();
        } finally {
            // Quicker than to end it in good order.
            instances.delete(IDENTIFIER);
            instances.close();
        }
    }

    @Test
    void bringsAnInstanceBackAtItsAddress() throws Exception {
        Endpoint endpoint = instances.create(instance("mariadb"));
        try (Connection connection = connect(endpoint)) {
            connection.createStatement().execute("CREATE TABLE kept AS SELECT 7 AS n");
        }
        instances.close();

        instances = open();

        try (Connection connection = connect(endpoint)) {
            assertThat(Queries.one(connection, "SELECT n FROM kept")).isEqualTo("7");
        }
    }

    @Test
    void keepsAClustersDatabaseShutUntilItIsOpened() throws Exception {
        Endpoint endpoint = instances.prepare(instance("aurora-mysql"));
        assertThatThrownBy(() -> connect(endpoint)).hasStackTraceContaining("refused");

        instances.open(IDENTIFIER);

        connect(endpoint).close();
    }

    @Test
    void refusesNoTriggerWhereAuroraTakesIt() throws Exception {
        Endpoint endpoint = instances.create(instance("aurora-mysql"));

        try (Connection connection = connect(endpoint);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (n INT)");
            statement.execute(
                    "CREATE DEFINER = root@localhost TRIGGER x BEFORE INSERT ON t FOR EACH ROW SET NEW.n = 1");
        }
    }

    @Test
    void leavesNothingOfADeletedInstance() throws Exception {
        Endpoint endpoint = instances.create(instance("mysql"));

        instances.delete(IDENTIFIER);

        assertThatThrownBy(() -> connect(endpoint)).hasStackTraceContaining("refused");
        try (Stream<Path> files = Files.list(temporary.resolve("databases"))) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("db-"));
        }
    }

    private RdsInstances open() throws IOException, InterruptedException {
        SandboxCa ca = SandboxCa.in(temporary.resolve("tls"), Clock.systemUTC());
        return RdsInstances.open(temporary.resolve("databases"), ca);
    }

    private static Instance instance(String engine) {
        return new Instance(engine, IDENTIFIER, "app", PASSWORD, "app", 3306);
    }

    private Connection connect(Endpoint endpoint) throws Exception {
        String url = Logins.checkedUrl(endpoint.host(), endpoint.port(), "app", instances.caFile(), temporary);
        return DriverManager.getConnection(url, "app", PASSWORD);
    }

    private static boolean holdsThePassword(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("do-not-write-me");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
