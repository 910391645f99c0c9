package dev.rowhouse.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rowhouse.sandbox.postgres.PostgresServer;
import dev.rowhouse.sql.RunState.Done;
import dev.rowhouse.sql.RunState.Failed;
import dev.rowhouse.sql.RunState.Reason;
import dev.rowhouse.sql.RunState.Running;
import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import dev.rowhouse.sql.connect.AddressRules.Loopback;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LocalSqlRunnerTest {
    private static PostgresServer server;

    private TenantDatabase tenant;
    private LocalSqlRunner runner;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.startTemporary();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void makeDatabase() throws Exception {
        tenant = TenantDatabase.on(server);
        runner = newRunner();
    }

    @AfterEach
    void closeRunner() {
        runner.close();
    }

    static DatabasePolicy sandboxPolicy() {
        return DatabasePolicy.standard()
                .withLoopback(Loopback.ALLOWED)
                .withCaFile(server.caFile())
                .withLoginPatience(Duration.ofMillis(300))
                .withLockPoll(Duration.ofMillis(100));
    }

    private static LocalSqlRunner newRunner() {
        return new LocalSqlRunner(sandboxPolicy(), Clock.systemUTC());
    }

    private RunState end(SqlRun run) {
        return Runs.end(runner, runner.start(run));
    }

    private Failed failure(SqlRun run) {
        return (Failed) end(run);
    }

    @ParameterizedTest
    @EnumSource(TlsMode.class)
    void runsAScriptAndRecordsItsStatements(TlsMode tls) throws Exception {
        SqlRun run = tenant.run("CREATE TABLE t (i int);\nINSERT INTO t VALUES (7);", "localhost", server.port(), tls);

        assertThat(end(run)).isEqualTo(new Done(2));

        assertThat(tenant.query("SELECT i FROM t")).containsExactly("7");
        assertThat(tenant.query("SELECT statement_index FROM rowhouse.rowhouse_ledger"
                        + " WHERE finished >= started AND statement_count = 2 ORDER BY 1"))
                .containsExactly("1", "2");
    }

    @Test
    void connectsToAnAddressWithoutAskingTheCertificateForItsName() throws Exception {
        assertThat(end(tenant.run("SELECT 1", "127.0.0.1", server.port(), TlsMode.VERIFY_FULL)))
                .isEqualTo(new Done(1));
    }

    @Test
    void runsAScriptOnceHoweverOftenItIsAsked() throws Exception {
        SqlRun run = tenant.run("CREATE TABLE t (i int); INSERT INTO t VALUES (1)");
        end(run);

        assertThat(end(run)).isEqualTo(new Done(2));

        assertThat(tenant.query("SELECT i FROM t")).hasSize(1);
    }

    @Test
    void twoOwnersTakeTurnsAndTheSecondFindsItDone() throws Exception {
        SqlRun run = tenant.run("CREATE TABLE t (i int); SELECT pg_sleep(1); INSERT INTO t VALUES (1)");
        try (LocalSqlRunner other = newRunner()) {
            RunId first = runner.start(run);
            RunId second = other.start(run);

            assertThat(Runs.end(runner, first)).isEqualTo(new Done(3));
            assertThat(Runs.end(other, second)).isEqualTo(new Done(3));
        }
        assertThat(tenant.query("SELECT i FROM t")).hasSize(1);
    }

    @Test
    void startsAgainAfterItsConnectionWasEnded() throws Exception {
        RunId id;
        try (Connection holder = server.superuserDataSource(tenant.name()).getConnection();
                Statement lock = holder.createStatement()) {
            lock.execute("SELECT pg_advisory_lock(1)");
            id = runner.start(
                    tenant.run("CREATE TABLE t (i int); INSERT INTO t VALUES (1); SELECT pg_advisory_lock(1)"));
            await().until(() -> runner.poll(id) instanceof Running running && running.done() == 2);

            assertThat(tenant.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '"
                            + tenant.owner() + "'"))
                    .hasSize(1);
        }

        assertThat(Runs.end(runner, id)).isEqualTo(new Done(3));
        assertThat(tenant.query("SELECT i FROM t")).hasSize(1);
    }

    @Test
    void givesUpOnAStatementThatEndsItsConnectionEachTime() throws Exception {
        Failed failed = failure(tenant.run("SELECT 1;\nSELECT pg_terminate_backend(pg_backend_pid());"));

        assertThat(failed.reason()).isEqualTo(Reason.SQL_FAILED);
        assertThat(failed.message()).contains("5 times", "statement 2", "line 2");
    }

    @Test
    void aFailedScriptLeavesNothingBehind() throws Exception {
        Failed failed =
                failure(tenant.run("CREATE TABLE t (i int);\n\n-- wrong\nINSERT INTO missing VALUES ('secret');"));

        assertThat(failed.reason()).isEqualTo(Reason.SQL_FAILED);
        assertThat(failed.details())
                .containsEntry("statement_index", 2)
                .containsEntry("statements", 2)
                .containsEntry("line", 4)
                .containsEntry("statement", "INSERT INTO missing VALUES ('…')")
                .containsEntry("sqlstate", "42P01")
                .containsEntry("server_message", "relation \"missing\" does not exist");
        assertThat(failed.message()).doesNotContain("secret");
        assertThat(tenant.query("SELECT tablename FROM pg_tables WHERE schemaname IN ('public', 'rowhouse')"))
                .isEmpty();
    }

    @Test
    void saysWhatTheUserNeedsForTheLedger() throws Exception {
        try (Connection connection = server.superuserDataSource(tenant.name()).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + tenant.name() + " OWNER TO " + server.superuser());
        }

        Failed failed = failure(tenant.run("SELECT 1"));

        assertThat(failed.reason()).isEqualTo(Reason.SQL_FAILED);
        assertThat(failed.message()).contains("needs CREATE on the database", "42501");
    }

    @Test
    void aMendedScriptRunsWhereAFailedOneDid() throws Exception {
        failure(tenant.run("CREATE TABLE t (i int); INSERT INTO missing VALUES (1)"));

        assertThat(end(tenant.run("CREATE TABLE t (i int); INSERT INTO t VALUES (1)")))
                .isEqualTo(new Done(2));
    }

    @Test
    void hidesThePasswordAndTheDataInAFailure() throws Exception {
        Failed failed = failure(tenant.run("CREATE TABLE t (i int PRIMARY KEY, s text); INSERT INTO t VALUES (1, 'a');"
                + " DO $$ BEGIN RAISE EXCEPTION 'password " + tenant.password() + " \"data\"'; END $$"));

        assertThat(failed.toString()).doesNotContain(tenant.password()).doesNotContain("data");
    }

    @Test
    void leavesTheServersDetailOut() throws Exception {
        Failed failed = failure(
                tenant.run(
                        "CREATE TABLE t (s text PRIMARY KEY); INSERT INTO t VALUES ('secret'); INSERT INTO t VALUES ('secret')"));

        assertThat(failed.toString())
                .contains("t_pkey")
                .doesNotContain("secret")
                .doesNotContain("Key (s)");
    }

    @Test
    void runsStatementByStatementWhatCannotBeOneTransaction() throws Exception {
        assertThat(end(tenant.run("CREATE TABLE t (i int); VACUUM t; BEGIN; INSERT INTO t VALUES (1); COMMIT;"
                        + " BEGIN; INSERT INTO t VALUES (2); ROLLBACK; INSERT INTO t VALUES (3)")))
                .isEqualTo(new Done(9));

        assertThat(tenant.query("SELECT i FROM t ORDER BY i")).containsExactly("1", "3");
        assertThat(tenant.query("SELECT statement_index FROM rowhouse.rowhouse_ledger"
                        + " WHERE finished IS NOT NULL AND statement_count = 9"))
                .hasSize(9);
    }

    @Test
    void keepsTheRoleThatTheScriptHasTaken() throws Exception {
        assertThat(end(tenant.run("CREATE ROLE " + tenant.name() + "_app; GRANT " + tenant.name()
                        + "_app TO CURRENT_USER; GRANT CREATE ON SCHEMA public TO " + tenant.name() + "_app; VACUUM;"
                        + " SET ROLE " + tenant.name() + "_app; BEGIN; COMMIT; CREATE TABLE t (i int)")))
                .isEqualTo(new Done(8));

        assertThat(tenant.query("SELECT tableowner FROM pg_tables WHERE tablename = 't'"))
                .containsExactly(tenant.name() + "_app");
    }

    @Test
    void takesTheLockAgainThatTheScriptGivesBack() throws Exception {
        assertThat(end(tenant.run("VACUUM; SELECT pg_advisory_unlock_all(); CREATE TABLE t (i int)")))
                .isEqualTo(new Done(3));
    }

    @Test
    void runsTransactionsThatOnlyRead() throws Exception {
        assertThat(end(tenant.run(
                        "BEGIN READ ONLY; SELECT 1; COMMIT; BEGIN; SET TRANSACTION READ ONLY; SELECT 2; COMMIT;"
                                + " CREATE TABLE t (i int); SET LOCAL search_path = nowhere; SET TRANSACTION READ ONLY;"
                                + " INSERT INTO t VALUES (1)")))
                .isEqualTo(new Done(11));
    }

    @Test
    void namesAStatementThatCannotBeInTheScriptsOwnTransaction() {
        Failed failed = failure(tenant.run("SELECT 1;\nBEGIN;\nVACUUM;\nCOMMIT"));

        assertThat(failed.details())
                .containsEntry("statement_index", 3)
                .containsEntry("line", 3)
                .containsEntry("sqlstate", "25001");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE TABLE t (i int); ALTER TABLE t OWNER TO dumped | --no-owner
            CREATE TABLE t (i int); GRANT SELECT ON t TO dumped   | --no-privileges
            VACUUM; ALTER SYSTEM SET work_mem = '8MB'             | DB parameter group
            CREATE TABLE t (i int); COPY t FROM '/etc/passwd'     | FROM stdin
            VACUUM; BEGIN; VACUUM; COMMIT                         | out of BEGIN … COMMIT
            DO $$ BEGIN COMMIT; END $$                            | leave COMMIT and ROLLBACK out
            """)
    void saysWhatToDoWhereTheServerForbidsAStatement(String script, String advice) {
        assertThat(failure(tenant.run(script)).message()).contains(advice);
    }

    @Test
    void refusesATransactionThatNeverEndsBeforeAnythingIsRun() throws Exception {
        Failed failed = failure(tenant.run("CREATE TABLE t (i int);\nBEGIN;\nINSERT INTO t VALUES (1);"));

        assertThat(failed.message()).contains("line 2", "COMMIT");
        assertThat(tenant.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
                .isEmpty();
    }

    @Test
    void aMendedScriptGoesOnAfterWhatWasRun() throws Exception {
        failure(tenant.run("CREATE TABLE t (i int); VACUUM t; BEGIN; INSERT INTO t VALUES (1); COMMIT; WRONG"));

        assertThat(end(tenant.run("CREATE TABLE t (i int); VACUUM t; BEGIN; INSERT INTO t VALUES (1); COMMIT;"
                        + " INSERT INTO t VALUES (2)")))
                .isEqualTo(new Done(6));

        assertThat(tenant.query("SELECT i FROM t ORDER BY i")).containsExactly("1", "2");
    }

    @Test
    void refusesAMendedScriptThatBeginsOtherwise() {
        failure(tenant.run("CREATE TABLE t (i int); VACUUM t; WRONG"));

        assertThat(failure(tenant.run("CREATE TABLE t (i int);\nINSERT INTO t VALUES (1)"))
                        .message())
                .contains("stopped after 2 statements", "statement 2 in line 2");
    }

    @Test
    void makesAnIndexAnewThatAnInterruptionLeftInvalid() throws Exception {
        String script = "CREATE TABLE t (i int); INSERT INTO t VALUES (1), (1);\n"
                + "CREATE UNIQUE INDEX CONCURRENTLY t_i ON t (i); SELECT 1";
        failure(tenant.run(script));
        tenant.query(
                "WITH gone AS (DELETE FROM t WHERE ctid = (SELECT min(ctid) FROM t) RETURNING 1) SELECT 1 FROM gone");
        // As if it had been interrupted, and not failed.
        tenant.query(
                "WITH put AS (INSERT INTO rowhouse.rowhouse_ledger SELECT script_sha256, 3, statement_count, encode("
                        + "sha256('CREATE UNIQUE INDEX CONCURRENTLY t_i ON t (i)'), 'hex'), now(), NULL"
                        + " FROM rowhouse.rowhouse_ledger WHERE statement_index = 1 RETURNING 1) SELECT * FROM put");

        assertThat(end(tenant.run(script))).isEqualTo(new Done(4));

        assertThat(tenant.query("SELECT indisvalid FROM pg_index WHERE indrelid = 't'::regclass"))
                .containsExactly("t");
    }

    @Test
    void refusesAPsqlCommandByItsLine() {
        Failed failed = failure(tenant.run("SELECT 1;\n\\connect other"));

        assertThat(failed.reason()).isEqualTo(Reason.SQL_FAILED);
        assertThat(failed.details()).containsEntry("line", 2);
    }

    @Test
    void loadsWhatADumpHolds() throws Exception {
        String dump = """
                --
                -- PostgreSQL database dump
                --
                \\restrict abc

                SET statement_timeout = 0;
                SET client_encoding = 'UTF8';
                SET standard_conforming_strings = on;
                SELECT pg_catalog.set_config('search_path', '', false);
                SET row_security = off;

                CREATE FUNCTION public.f() RETURNS integer
                    LANGUAGE sql
                    BEGIN ATOMIC
                 SELECT 1;
                END;

                CREATE TABLE public.t (i integer, s text);

                COPY public.t (i, s) FROM stdin;
                1\tä;\\tb
                2\t\\N
                \\.

                SELECT pg_catalog.setval('public.q', 1, false) WHERE false;

                \\unrestrict abc
                """.replace("SELECT pg_catalog.setval('public.q', 1, false) WHERE false;", "SELECT public.f();");

        assertThat(end(tenant.run(dump))).isInstanceOf(Done.class);

        assertThat(tenant.query("SELECT coalesce(s, 'null') FROM t ORDER BY i")).containsExactly("ä;\tb", "null");
    }

    @Test
    void survivesAScriptThatRebuildsPublicAndChangesItsRole() throws Exception {
        assertThat(end(tenant.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE ROLE " + tenant.name()
                        + "_app;"
                        + " GRANT " + tenant.name() + "_app TO CURRENT_USER; SET ROLE " + tenant.name() + "_app;"
                        + " SET search_path = ''")))
                .isEqualTo(new Done(6));
    }

    @Test
    void readsTimesWithoutZoneAsUtc() throws Exception {
        end(tenant.run("CREATE TABLE t AS SELECT '2026-01-01 00:00'::timestamptz AS at"));

        assertThat(tenant.query("SELECT extract(epoch FROM at)::bigint FROM t")).containsExactly("1767225600");
    }

    @Test
    void saysThatALoginWasRefused() {
        SqlRun run = tenant.run("SELECT 1");
        Failed failed = failure(new SqlRun(
                run.database(),
                new Credentials(tenant.owner(), "wrong-Pa55word"),
                "SELECT 1",
                run.reachWithin(),
                run.runWithin()));

        assertThat(failed.reason()).isEqualTo(Reason.LOGIN_REFUSED);
        assertThat(failed.details()).containsEntry("sqlstate", "28P01");
        assertThat(failed.toString()).doesNotContain("wrong-Pa55word");
    }

    @Test
    void saysThatADatabaseIsMissing() {
        SqlRun run = tenant.run("SELECT 1");
        Database other = new Database(Engine.POSTGRES, "localhost", server.port(), "nowhere", TlsMode.VERIFY_FULL);

        assertThat(failure(new SqlRun(other, run.credentials(), "SELECT 1", run.reachWithin(), run.runWithin())))
                .satisfies(failed -> assertThat(failed.reason()).isEqualTo(Reason.LOGIN_REFUSED))
                .satisfies(failed -> assertThat(failed.details()).containsEntry("sqlstate", "3D000"));
    }

    @Test
    void waitsForADatabaseUntilItsTimeIsUp() {
        SqlRun run = tenant.run("SELECT 1", "127.0.0.1", 1024, TlsMode.OFF);

        Failed failed = failure(
                new SqlRun(run.database(), run.credentials(), "SELECT 1", Duration.ofMillis(500), run.runWithin()));

        assertThat(failed.reason()).isEqualTo(Reason.DATABASE_UNREACHABLE);
        assertThat(failed.message()).doesNotContainIgnoringCase("refused");
    }

    @Test
    void doesNotLogInToAServerOfAnotherAuthority() {
        try (LocalSqlRunner strict =
                new LocalSqlRunner(DatabasePolicy.standard().withLoopback(Loopback.ALLOWED), Clock.systemUTC())) {
            SqlRun run = tenant.run("SELECT 1");
            RunId id = strict.start(
                    new SqlRun(run.database(), run.credentials(), "SELECT 1", Duration.ofSeconds(1), run.runWithin()));

            assertThat(((Failed) Runs.end(strict, id)).reason()).isEqualTo(Reason.DATABASE_UNREACHABLE);
        }
    }

    @Test
    void endsAScriptThatTakesTooLong() {
        SqlRun run = tenant.run("SELECT 1");
        Failed failed = failure(new SqlRun(
                run.database(),
                run.credentials(),
                "SELECT 1;\nSELECT pg_sleep(60)",
                run.reachWithin(),
                Duration.ofSeconds(1)));

        assertThat(failed.reason()).isEqualTo(Reason.SQL_TIMED_OUT);
        assertThat(failed.details()).containsEntry("statement_index", 2).containsEntry("line", 2);
    }

    @Test
    void waitsNoLongerForAnotherOwnerThanTheScriptMayTake() throws Exception {
        try (Connection holder = server.superuserDataSource(tenant.name()).getConnection();
                Statement lock = holder.createStatement()) {
            lock.execute("SELECT pg_advisory_lock(8245940733168939877)");
            SqlRun run = tenant.run("SELECT 1");

            Failed failed = failure(new SqlRun(
                    run.database(), run.credentials(), "SELECT 1", run.reachWithin(), Duration.ofSeconds(1)));

            assertThat(failed.reason()).isEqualTo(Reason.SQL_TIMED_OUT);
            assertThat(failed.message()).contains("another session");
        }
    }

    @Test
    @Tag("slow")
    void forgetsARunThatWasCancelledAndEndsItsSession() throws Exception {
        RunId id = runner.start(tenant.run("SELECT pg_sleep(60)"));
        await().until(() -> runner.poll(id) instanceof Running);

        runner.cancel(id);

        assertThatThrownBy(() -> runner.poll(id)).isInstanceOf(IllegalArgumentException.class);
        await().atMost(Duration.ofSeconds(30)).until(() -> tenant.sessions() == 0);
    }

    @Test
    void neverConnectsToThisMachineUnlessItIsAllowed() {
        try (LocalSqlRunner strict = new LocalSqlRunner(DatabasePolicy.standard(), Clock.systemUTC())) {
            Failed failed = (Failed) Runs.end(strict, strict.start(tenant.run("SELECT 1")));

            assertThat(failed.reason()).isEqualTo(Reason.ENDPOINT_FORBIDDEN);
        }
    }

    @Test
    void runsTwentyThousandStatements() throws Exception {
        String script = "CREATE TABLE t (i int, s text);\n"
                + IntStream.range(1, 20_000)
                        .mapToObj(i -> "INSERT INTO t VALUES (" + i + ", 'text; ''quoted''');")
                        .collect(Collectors.joining("\n"));

        assertThat(end(tenant.run(script))).isEqualTo(new Done(20_000));

        assertThat(tenant.query("SELECT count(*) FROM t")).containsExactly("19999");
        assertThat(tenant.query("SELECT count(*) FROM rowhouse.rowhouse_ledger"))
                .containsExactly("20000");
    }

    @Test
    void runsAScriptOfTwentyMegabytes() throws Exception {
        String script =
                "CREATE TABLE t (s text);\nCOPY t FROM stdin;\n" + ("x".repeat(999) + "\n").repeat(20_000) + "\\.\n";

        assertThat(end(tenant.run(script))).isEqualTo(new Done(2));

        assertThat(tenant.query("SELECT count(*) FROM t")).containsExactly("20000");
    }
}
