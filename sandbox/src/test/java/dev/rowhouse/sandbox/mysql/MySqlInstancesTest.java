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
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MySqlInstancesTest {

    private static final String PASSWORD = "Quote'Back\\slash1";

    @TempDir
    private Path temporary;

    private RdsInstances instances;

    @BeforeEach
    void openInstances() throws Exception {
        instances = open();
    }

    @AfterEach
    void closeInstances() {
        instances.close();
    }

    @Test
    void bringsAnInstanceBackAtItsAddress() throws Exception {
        Endpoint endpoint = instances.create(instance("mysql", "acme-db"));
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
        Endpoint endpoint = instances.prepare(instance("aurora-mysql", "cluster.acme"));
        assertThatThrownBy(() -> connect(endpoint)).hasStackTraceContaining("refused");

        instances.open("cluster.acme");

        connect(endpoint).close();
    }

    @Test
    void leavesNothingOfADeletedInstance() throws Exception {
        Endpoint endpoint = instances.create(instance("mariadb", "acme-db"));

        instances.delete("acme-db");

        assertThatThrownBy(() -> connect(endpoint)).hasStackTraceContaining("refused");
        try (Stream<Path> files = Files.list(temporary.resolve("databases"))) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("db-"));
        }
    }

    @Test
    void writesNoPasswordToItsFiles() throws Exception {
        instances.create(new Instance("mariadb", "acme-db", "app", "do-not-write-me", "app", 3306));
        instances.create(new Instance("mysql", "globex-db", "app", "do-not-write-me", "app", 3306));

        try (Stream<Path> files = Files.walk(temporary)) {
            assertThat(files.filter(Files::isRegularFile).filter(MySqlInstancesTest::holdsThePassword))
                    .isEmpty();
        }
    }

    private RdsInstances open() throws IOException, InterruptedException {
        SandboxCa ca = SandboxCa.in(temporary.resolve("tls"), Clock.systemUTC());
        return RdsInstances.open(temporary.resolve("databases"), ca);
    }

    private static Instance instance(String engine, String identifier) {
        return new Instance(engine, identifier, "app", PASSWORD, "app", 3306);
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
