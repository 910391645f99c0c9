package dev.rowhouse.sandbox.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sandbox.Queries;
import dev.rowhouse.sandbox.aws.DatabaseHost.Endpoint;
import dev.rowhouse.sandbox.aws.DatabaseHost.Instance;
import dev.rowhouse.sandbox.process.OtherJvm;
import dev.rowhouse.sandbox.rds.RdsInstances;
import dev.rowhouse.sandbox.tls.SandboxCa;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresInstancesTest {

    private static final String PASSWORD = "Quote'Back\\slash1";
    private static final int PORT = 5432;

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
    void makesADatabaseThatItsMasterUserOwns() throws Exception {
        Endpoint endpoint = instances.create(instance("acme-db"));

        try (Connection connection = connect(endpoint, "app")) {
            connection.createStatement().execute("CREATE TABLE customers (id int); INSERT INTO customers VALUES (7)");
            assertThat(Queries.one(connection, "SELECT id FROM customers")).isEqualTo("7");
        }
    }

    @Test
    void makesTheEnginesOwnDatabaseAloneWhenNoneIsNamed() throws Exception {
        Endpoint endpoint = instances.create(new Instance("postgres", "acme-db", "app", PASSWORD, null, PORT));

        try (Connection connection = connect(endpoint, "postgres")) {
            connection.createStatement().execute("CREATE TABLE customers (id int)");
        }
        assertThatThrownBy(() -> connect(endpoint, "app")).hasMessageContaining("does not exist");
    }

    @Test
    void givesTheMasterUserWhatRdsGivesAndNoMore() throws Exception {
        Endpoint endpoint = instances.create(instance("acme-db"));

        try (Connection connection = connect(endpoint, "app")) {
            assertThat(Queries.one(
                            connection,
                            "SELECT concat_ws(' ', rolcreatedb, rolcreaterole, rolsuper, rolreplication, rolbypassrls)"
                                    + " FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("t t f f f");
            assertThat(Queries.one(connection, "SELECT pg_has_role('rds_superuser', 'MEMBER')"))
                    .isEqualTo("t");
            connection.createStatement().execute("CREATE EXTENSION pgcrypto");
            connection.createStatement().execute("CREATE ROLE reader");
            connection.createStatement().execute("CREATE DATABASE more");
            assertThatThrownBy(() -> connection.createStatement().execute("ALTER SYSTEM SET fsync = on"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> connection.createStatement().execute("COPY pg_class TO PROGRAM 'cat'"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void letsTheMasterUserInstallWhatRdsLetsItInstall() throws Exception {
        Endpoint endpoint = instances.create(instance("acme-db"));

        try (Connection connection = connect(endpoint, "app")) {
            for (String extension : PostgresBinaries.RDS_EXTENSIONS) {
                connection.createStatement().execute("CREATE EXTENSION " + extension + " CASCADE");
            }
            assertThat(Queries.one(connection, "SELECT count(*) >= 0 FROM pg_stat_statements"))
                    .isEqualTo("t");
        }
    }

    @Test
    void keepsInstancesApartThatNameTheSameDatabaseAndUser() throws Exception {
        Endpoint acme = instances.create(instance("acme-db"));
        Endpoint globex =
                instances.create(new Instance("postgres", "globex-db", "app", "another-password", "app", PORT));

        assertThat(acme.host()).isNotEqualTo(globex.host());
        assertThat(acme.port()).isEqualTo(PORT).isEqualTo(globex.port());
        assertThatThrownBy(() -> connect(globex, "app")).hasMessageContaining("password authentication failed");
        connect(acme, "app").close();
    }

    @Test
    void letsNobodyInWithoutTls() throws Exception {
        Endpoint endpoint = instances.create(instance("acme-db"));
        String url = "jdbc:postgresql://" + endpoint.host() + ":" + PORT + "/app?sslmode=disable";

        assertThatThrownBy(() -> DriverManager.getConnection(url, "app", PASSWORD))
                .hasMessageContaining("no encryption");
    }

    @Test
    void showsACertificateForItsAddress() throws Exception {
        Endpoint endpoint = instances.create(instance("acme-db"));
        String url = "jdbc:postgresql://" + endpoint.host() + ":" + PORT + "/app?sslmode=verify-full&sslrootcert="
                + instances.caFile();

        DriverManager.getConnection(url, "app", PASSWORD).close();
    }

    @Test
    void letsItsSuperuserInFromNowhere() throws Exception {
        Endpoint endpoint = instances.create(instance("acme-db"));
        String url = "jdbc:postgresql://" + endpoint.host() + ":" + PORT + "/app?sslmode=require";

        assertThatThrownBy(() -> DriverManager.getConnection(url, PostgresBinaries.SUPERUSER, ""))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void bringsInstancesBackAtTheirAddresses() throws Exception {
        Endpoint endpoint = instances.create(instance("acme-db"));
        try (Connection connection = connect(endpoint, "app")) {
            connection.createStatement().execute("CREATE TABLE kept AS SELECT 7 AS n");
        }
        instances.close();

        instances = open();

        try (Connection connection = connect(endpoint, "app")) {
            assertThat(Queries.one(connection, "SELECT n FROM kept")).isEqualTo("7");
        }
    }

    @Test
    @Tag("slow")
    void bringsBackTheInstancesOfASandboxThatWasKilled() throws Exception {
        instances.close();
        Endpoint endpoint;
        try (OtherJvm sandbox = OtherJvm.run(
                LonelyInstance.class,
                temporary.resolve("databases").toString(),
                temporary.resolve("tls").toString(),
                PASSWORD)) {
            endpoint = new Endpoint(sandbox.await("host"), PORT);
            sandbox.kill();
        }

        // Fails while the orphan holds the address.
        instances = open();

        connect(endpoint, "app").close();
    }

    @Test
    void leavesNothingOfADeletedInstance() throws Exception {
        Endpoint endpoint = instances.create(instance("acme-db"));

        instances.delete("acme-db");

        assertThatThrownBy(() -> connect(endpoint, "app")).hasMessageContaining("refused");
        try (Stream<Path> files = Files.list(temporary.resolve("databases"))) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("db-"));
        }
    }

    @Test
    @Tag("slow")
    void makesSeveralAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Endpoint>> wanted = Stream.of("a", "b", "c", "d")
                    .map(name -> (Callable<Endpoint>) () -> instances.create(instance(name)))
                    .toList();

            for (Future<Endpoint> made : threads.invokeAll(wanted)) {
                connect(made.get(), "app").close();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void deletesTheUnknownWithoutComplaint() {
        instances.delete("never-made");
    }

    @Test
    void deletesWhatASandboxThatDiedHadHalfMade() throws Exception {
        instances.close();
        Path halfMade = Files.createDirectories(temporary.resolve("databases").resolve("db-acme-db"));

        instances = open();

        assertThat(halfMade).doesNotExist();
    }

    @Test
    void leavesNothingOfAnInstanceWhoseMakingIsInterrupted() throws Exception {
        // So that the programs are unpacked, which may be interrupted too.
        instances.create(instance("globex-db"));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> instances.create(instance("acme-db"))).isInstanceOf(InterruptedIOException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(temporary.resolve("databases").resolve("db-acme-db")).doesNotExist();
        instances.create(instance("acme-db"));
    }

    @Test
    void refusesASecondInstanceOfOneName() throws Exception {
        Endpoint endpoint = instances.create(instance("acme-db"));

        assertThatThrownBy(() -> instances.create(instance("ACME-db")))
                .isInstanceOf(IOException.class)
                .hasMessage("DB Instance already exists");
        connect(endpoint, "app").close();
    }

    @Test
    void writesNoPasswordToItsFiles() throws Exception {
        instances.create(new Instance("postgres", "acme-db", "app", "do-not-write-me", "app", PORT));

        try (Stream<Path> files = Files.walk(temporary)) {
            assertThat(files.filter(Files::isRegularFile)).noneMatch(PostgresInstancesTest::holdsThePassword);
        }
    }

    @Test
    @Tag("slow")
    void runsBesideAnotherSandbox() throws Exception {
        instances.create(instance("acme-db"));
        SandboxCa ca = SandboxCa.in(temporary.resolve("tls"), Clock.systemUTC());
        try (RdsInstances others = RdsInstances.open(temporary.resolve("other"), ca)) {
            Endpoint endpoint = others.create(instance("acme-db"));

            connect(endpoint, "app").close();
        }
    }

    private RdsInstances open() throws IOException, InterruptedException {
        SandboxCa ca = SandboxCa.in(temporary.resolve("tls"), Clock.systemUTC());
        return RdsInstances.open(temporary.resolve("databases"), ca);
    }

    private static Instance instance(String identifier) {
        return new Instance("postgres", identifier, "app", PASSWORD, "app", PORT);
    }

    private Connection connect(Endpoint endpoint, String database) throws SQLException {
        String url = "jdbc:postgresql://" + endpoint.host() + ":" + endpoint.port() + "/" + database
                + "?sslmode=verify-ca&sslrootcert=" + instances.caFile();
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
