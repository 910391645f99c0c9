package dev.rowhouse.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.sandbox.mysql.Master;
import dev.rowhouse.sandbox.mysql.MySqlServer;
import dev.rowhouse.sandbox.mysql.Product;
import dev.rowhouse.sandbox.mysql.Service;
import dev.rowhouse.sandbox.postgres.PostgresServer;
import dev.rowhouse.sandbox.tls.SandboxCa;
import dev.rowhouse.sql.RunState.Done;
import dev.rowhouse.sql.RunState.Failed;
import dev.rowhouse.sql.connect.AddressRules.Loopback;
import dev.rowhouse.sql.corpus.CorpusFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each script of the corpus does on its servers what it does when its own client loads it. */
@Tag("slow")
class CorpusOnServersTest {
    private static final String USER = "corpus";
    private static final String PASSWORD = "Pa55word-of-corpus";

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> everyScriptLoadsIntoPostgres() throws Exception {
        PostgresServer server = PostgresServer.startTemporary();
        execute(server, "CREATE ROLE corpus LOGIN CREATEROLE CREATEDB PASSWORD '" + PASSWORD + "'");
        return testsOf("postgres", "postgres", server.caFile(), file -> {
                    execute(server, "CREATE DATABASE " + file.name() + " OWNER corpus");
                    return new PostgresTenant(server, file.name(), USER, PASSWORD);
                })
                .onClose(server::close);
    }

    @TestFactory
    Stream<DynamicTest> everyScriptLoadsIntoMySql() throws Exception {
        return everyScriptLoadsInto(Product.MYSQL, "mysql");
    }

    @TestFactory
    Stream<DynamicTest> everyScriptLoadsIntoMariaDb() throws Exception {
        return everyScriptLoadsInto(Product.MARIADB, "mariadb");
    }

    private Stream<DynamicTest> everyScriptLoadsInto(Product product, String server) throws Exception {
        MySqlServer mysql = start(product, Service.AURORA);
        return testsOf("mysql", server, mysql.caFile(), file -> tenant(mysql, "tenant_" + file.name()))
                .onClose(mysql::close);
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void saysWhatToDoWhereRdsRefusesATrigger(Product product) throws Exception {
        try (MySqlServer server = start(product, Service.RDS);
                LocalSqlRunner runner = runner(server.caFile())) {
            Failed failed = (Failed)
                    Runs.end(
                            runner,
                            tenant(server, "t")
                                    .run(
                                            "CREATE TABLE a (i INT); CREATE TRIGGER b BEFORE INSERT ON a FOR EACH ROW SET NEW.i = 1"));

            assertThat(failed.details()).containsEntry("error_code", 1419);
            assertThat(failed.message()).contains("log_bin_trust_function_creators", "parameter group");
        }
    }

    private MySqlServer start(Product product, Service service) throws Exception {
        Path data = directory.resolve(product + "-" + service);
        SandboxCa ca = SandboxCa.in(data.resolveSibling(data.getFileName() + "-ca"), Clock.systemUTC());
        return MySqlServer.start(new MySqlServer.Options(product, data, ca, new Master(USER, PASSWORD)).by(service));
    }

    private static MySqlTenant tenant(MySqlServer server, String name) throws SQLException {
        MySqlTenant tenant = new MySqlTenant(server, name);
        tenant.execute("", "CREATE DATABASE " + name);
        return tenant;
    }

    private static Stream<DynamicTest> testsOf(String engine, String server, Path caFile, NewTenant tenants) {
        List<CorpusFile> files = CorpusFile.of(engine).stream()
                .filter(file -> file.servers().contains(server))
                .toList();
        assertThat(files).hasSizeGreaterThan(8);
        LocalSqlRunner runner = runner(caFile);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.name(), () -> load(runner, tenants.of(file), file)))
                .onClose(runner::close);
    }

    private static void load(LocalSqlRunner runner, TenantDatabase tenant, CorpusFile file) throws SQLException {
        RunState end = Runs.end(runner, tenant.run(file.text()));
        if (!file.user().equals(USER)) {
            // What takes more rights than a managed server gives to anybody.
            assertThat(end)
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.message()).contains("SQL_LOG_BIN", "--set-gtid-purged=OFF"));
            return;
        }
        assertThat(end).isEqualTo(new Done(file.statements().size()));
        for (Map.Entry<String, String> finds : file.finds().entrySet()) {
            assertThat(tenant.query(finds.getKey())).as(finds.getKey()).containsExactly(finds.getValue());
        }
    }

    private static LocalSqlRunner runner(Path caFile) {
        return new LocalSqlRunner(
                DatabasePolicy.standard().withLoopback(Loopback.ALLOWED).withCaFile(caFile), Clock.systemUTC());
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.superuserDataSource("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private interface NewTenant {
        TenantDatabase of(CorpusFile file) throws SQLException;
    }
}
