package dev.rowhouse.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowhouse.sandbox.mysql.MySqlServer;
import dev.rowhouse.sandbox.mysql.Product;
import dev.rowhouse.sql.RunState.Done;
import dev.rowhouse.sql.RunState.Failed;
import dev.rowhouse.sql.RunState.Reason;
import dev.rowhouse.sql.RunState.Running;
import dev.rowhouse.sql.connect.AddressRules.Loopback;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What scripts do on a real MySQL. */
class MySqlScriptsTest {
    private static MySqlServer server;

    private MySqlTenant tenant;
    private LocalSqlRunner runner;

    @BeforeAll
    static void startServer() throws Exception {
        server = MySqlServer.startTemporary(Product.MYSQL);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void makeDatabase() throws Exception {
        tenant = MySqlTenant.on(server);
        runner = newRunner();
    }

    @AfterEach
    void closeRunner() {
        runner.close();
    }

    private static LocalSqlRunner newRunner() {
        return new LocalSqlRunner(
                DatabasePolicy.standard()
                        .withLoopback(Loopback.ALLOWED)
                        .withCaFile(server.caFile())
                        .withLoginPatience(Duration.ofMillis(300))
                        .withLockPoll(Duration.ofMillis(100)),
                Clock.systemUTC());
    }

    private RunState end(String script) {
        return Runs.end(runner, runner.start(tenant.run(script)));
    }

    private Failed failure(String script) {
        return (Failed) end(script);
    }

    @ParameterizedTest
    @EnumSource(TlsMode.class)
    void runsAScriptAndRecordsItsStatements(TlsMode tls) throws Exception {
        // The first login of a user needs TLS, as the server then has no hash of the password in memory.
        assertThat(end("SELECT 1")).isEqualTo(new Done(1));
        SqlRun run = tenant.run("CREATE TABLE t (i INT);\nINSERT INTO t VALUES (7)", "localhost", server.port(), tls);

        assertThat(Runs.end(runner, runner.start(run))).isEqualTo(new Done(2));

        assertThat(tenant.query("SELECT i FROM t")).containsExactly("7");
        assertThat(tenant.query("SELECT statement_index FROM rowhouse.rowhouse_ledger WHERE finished >= started"
                        + " AND statement_count = 2 AND database_name = DATABASE() ORDER BY 1"))
                .containsExactly("1", "2");
    }

    @Test
    void runsAScriptOnceHoweverOftenItIsAsked() throws Exception {
        end("CREATE TABLE t (i INT); INSERT INTO t VALUES (1)");

        assertThat(end("CREATE TABLE t (i INT); INSERT INTO t VALUES (1)")).isEqualTo(new Done(2));

        assertThat(tenant.query("SELECT i FROM t")).hasSize(1);
    }

    @Test
    void keepsTheLedgersOfDatabasesOnOneServerApart() throws Exception {
        MySqlTenant neighbour = MySqlTenant.on(server);
        end("CREATE TABLE t (i INT)");

        assertThat(Runs.end(runner, runner.start(neighbour.run("CREATE TABLE t (i INT)"))))
                .isEqualTo(new Done(1));

        assertThat(neighbour.query("SHOW TABLES")).containsExactly("t");
    }

    @Test
    void twoOwnersTakeTurnsAndTheSecondFindsItDone() throws Exception {
        SqlRun run = tenant.run("CREATE TABLE t (i INT); DO SLEEP(1); INSERT INTO t VALUES (1)");
        try (LocalSqlRunner other = newRunner()) {
            RunId first = runner.start(run);
            RunId second = other.start(run);

            assertThat(Runs.end(runner, first)).isEqualTo(new Done(3));
            assertThat(Runs.end(other, second)).isEqualTo(new Done(3));
        }
        assertThat(tenant.query("SELECT i FROM t")).hasSize(1);
    }

    @Test
    void goesOnAfterItsConnectionWasEnded() throws Exception {
        RunId id;
        try (Connection holder = tenant.holding("pause")) {
            id = runner.start(
                    tenant.run("CREATE TABLE t (i INT); INSERT INTO t VALUES (1); ALTER TABLE t ADD INDEX (i);"
                            + " SET @x = GET_LOCK('pause', 60)"));
            await().until(() -> runner.poll(id) instanceof Running running && running.done() == 3);

            tenant.endSessionsBut(holder);
        }

        assertThat(Runs.end(runner, id)).isEqualTo(new Done(4));
        assertThat(tenant.query("SELECT i FROM t")).hasSize(1);
        assertThat(tenant.query("SHOW INDEX FROM t")).hasSize(1);
    }

    @Test
    void aScriptThatDropsAndMakesItsDatabaseKeepsItsLedger() throws Exception {
        String script = "DROP DATABASE " + tenant.name() + "; CREATE DATABASE " + tenant.name() + "; USE "
                + tenant.name() + "; CREATE TABLE t (i INT)";

        assertThat(end(script)).isEqualTo(new Done(4));
        assertThat(end(script)).isEqualTo(new Done(4));

        assertThat(tenant.query("SHOW TABLES")).containsExactly("t");
    }

    @Test
    void goesOnBetweenDroppingAndMakingItsDatabase() throws Exception {
        String name = tenant.name();
        RunId id;
        try (Connection holder = tenant.holding("pause")) {
            id = runner.start(tenant.run("USE " + name + "; DROP DATABASE " + name + "; SET @x = GET_LOCK('pause', 60);"
                    + " CREATE DATABASE " + name + "; USE " + name + "; CREATE TABLE t (i INT)"));
            await().until(() -> runner.poll(id) instanceof Running running && running.done() == 2);

            tenant.endSessionsBut(holder);
        }

        assertThat(Runs.end(runner, id)).isEqualTo(new Done(6));
        assertThat(tenant.query("SHOW TABLES")).containsExactly("t");
    }

    @Test
    void takesTheLockAgainThatTheScriptGivesBack() throws Exception {
        assertThat(end("CREATE TABLE t (i INT); SELECT RELEASE_ALL_LOCKS(); INSERT INTO t VALUES (1)"))
                .isEqualTo(new Done(3));

        assertThat(tenant.query("SELECT i FROM t")).hasSize(1);
    }

    @Test
    void aProcedureThatTakesBackTakesNothingBackThatWasDoneBefore() throws Exception {
        assertThat(end("CREATE TABLE t (i INT); CREATE PROCEDURE p() ROLLBACK; INSERT INTO t VALUES (1); CALL p();"
                        + " INSERT INTO t VALUES (2)"))
                .isEqualTo(new Done(5));

        assertThat(tenant.query("SELECT i FROM t ORDER BY i")).containsExactly("1", "2");
    }

    @Test
    void runsTransactionsThatOnlyRead() throws Exception {
        assertThat(end("SET TRANSACTION READ ONLY; START TRANSACTION; SELECT 1; COMMIT; START TRANSACTION READ ONLY;"
                        + " SELECT 2; COMMIT; SET autocommit = 0; CREATE TABLE t (i INT); INSERT INTO t VALUES (1);"
                        + " COMMIT; SELECT 'done'"))
                .isEqualTo(new Done(12));
    }

    @Test
    void sendsUtf8WhateverTheScriptWasWrittenIn() throws Exception {
        end("SET NAMES latin1; CREATE TABLE t (s VARCHAR(9)) CHARSET latin1; INSERT INTO t VALUES ('Zürich')");

        assertThat(tenant.query("SELECT s FROM t")).containsExactly("Zürich");
    }

    @Test
    void remembersWhatATableWasLikeHoweverItIsNamed() throws Exception {
        assertThat(end("CREATE TABLE `größe` (i INT); ALTER TABLE größe ADD INDEX (i); SET sql_mode = 'ANSI_QUOTES';"
                        + " ALTER TABLE \"größe\" ADD INDEX (i)"))
                .isEqualTo(new Done(4));

        assertThat(tenant.query("SELECT before_sha256 FROM rowhouse.rowhouse_ledger WHERE database_name = DATABASE()"
                        + " AND before_sha256 IS NOT NULL"))
                .hasSize(2);
    }

    @Test
    void saysThatADatabaseIsMissing() {
        MySqlTenant nowhere = new MySqlTenant(server, "nowhere");

        Failed failed = (Failed) Runs.end(runner, runner.start(nowhere.run("SELECT 1")));

        assertThat(failed.reason()).isEqualTo(Reason.LOGIN_REFUSED);
        assertThat(failed.message()).contains("nowhere");
    }

    @Test
    void usesAnotherDatabaseWithoutADelimiterAtTheEnd() throws Exception {
        String other = tenant.name() + "_x";
        assertThat(end("CREATE DATABASE " + other + "; USE " + other + "; CREATE TABLE t (i INT)"))
                .isEqualTo(new Done(3));

        assertThat(tenant.query("SHOW TABLES FROM " + other)).containsExactly("t");
    }

    @Test
    void namesAFailedStatementWithoutItsData() {
        Failed failed = failure("CREATE TABLE t (i INT);\n\n-- wrong\nINSERT INTO missing VALUES ('secret');");

        assertThat(failed.reason()).isEqualTo(Reason.SQL_FAILED);
        assertThat(failed.details())
                .containsEntry("statement_index", 2)
                .containsEntry("line", 4)
                .containsEntry("statement", "INSERT INTO missing VALUES ('…')")
                .containsEntry("sqlstate", "42S02")
                .containsEntry("error_code", 1146);
        assertThat(failed.toString()).doesNotContain("secret");
    }

    @Test
    void aFailedDefinitionIsNotTakenForDoneLater() throws Exception {
        tenant.execute(tenant.name(), "CREATE TABLE t (mine INT)");

        assertThat(failure("CREATE TABLE t (theirs INT)").details()).containsEntry("error_code", 1050);
        assertThat(failure("CREATE TABLE t (theirs INT)").details()).containsEntry("error_code", 1050);
    }

    @Test
    void aMendedScriptGoesOnAfterWhatWasRun() throws Exception {
        failure("CREATE TABLE t (i INT); INSERT INTO t VALUES (1); CREATE TABLE u (i INT); WRONG");

        assertThat(
                        end(
                                "CREATE TABLE t (i INT); INSERT INTO t VALUES (1); CREATE TABLE u (i INT); CREATE TABLE v (i INT)"))
                .isEqualTo(new Done(4));

        assertThat(tenant.query("SELECT i FROM t")).hasSize(1);
        assertThat(tenant.query("SHOW TABLES")).containsExactly("t", "u", "v");
    }

    @Test
    void tellsAnErrorThatIsTheLastOfAProceduresResults() {
        Failed failed = failure("""
                DELIMITER //
                CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'; END//
                DELIMITER ;
                CALL p();
                """);

        assertThat(failed.details()).containsEntry("statement_index", 2).containsEntry("sqlstate", "45000");
    }

    @Test
    void refusesAClientCommandByItsLine() {
        assertThat(failure("SELECT 1;\nsource other.sql\n").details()).containsEntry("line", 2);
    }

    @Test
    void saysWhatToDoWhereTheServerForbidsADefiner() {
        Failed failed = failure("CREATE DEFINER = `root`@`localhost` VIEW v AS SELECT 1");

        assertThat(failed.details()).containsEntry("error_code", 1227);
        assertThat(failed.message()).contains("DEFINER");
    }

    @Test
    void readsTimesWithoutZoneAsUtc() throws Exception {
        end("CREATE TABLE t AS SELECT UNIX_TIMESTAMP('2026-01-01 00:00') AS at");

        assertThat(tenant.query("SELECT at FROM t")).containsExactly("1767225600");
    }

    @Test
    void runsAScriptOfTwentyMegabytes() throws Exception {
        String rows = ("('" + "x".repeat(9_990) + "'),").repeat(1_000);
        String insert = "INSERT INTO t VALUES " + rows.substring(0, rows.length() - 1) + ";\n";

        assertThat(end("CREATE TABLE t (s TEXT);\n" + insert + insert)).isEqualTo(new Done(3));

        assertThat(tenant.query("SELECT COUNT(*) FROM t")).containsExactly("2000");
    }

    @Test
    void saysThatAStatementIsLargerThanTheServerTakes() throws Exception {
        Failed failed = failure("CREATE TABLE t (s LONGTEXT);\nINSERT INTO t VALUES ('" + "x".repeat(70 << 20) + "')");

        assertThat(failed.reason()).isEqualTo(Reason.SQL_FAILED);
        assertThat(failed.message()).contains("max_allowed_packet");
    }

    @Test
    void runsTwentyThousandStatements() throws Exception {
        String script = "CREATE TABLE t (i INT, s TEXT);\n"
                + IntStream.range(1, 20_000)
                        .mapToObj(i -> "INSERT INTO t VALUES (" + i + ", 'text; ''quoted''');")
                        .collect(Collectors.joining("\n"));

        assertThat(end(script)).isEqualTo(new Done(20_000));

        assertThat(tenant.query("SELECT COUNT(*) FROM t")).containsExactly("19999");
        assertThat(tenant.query("SELECT COUNT(*) FROM rowhouse.rowhouse_ledger WHERE database_name = DATABASE()"))
                .containsExactly("20000");
    }
}
