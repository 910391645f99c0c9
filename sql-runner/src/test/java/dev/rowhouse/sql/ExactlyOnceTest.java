package dev.rowhouse.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.sql.CuttingProxy.Cut;
import dev.rowhouse.sql.RunState.Done;
import dev.rowhouse.sql.connect.AddressRules.Loopback;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The connection to a real server is cut before and after each statement of a script of twenty: what the server then has is what it
 * has without a cut. To a server that is what the death of our process is. With {@code -Dcut=everywhere}, before and after
 * every message, those of logins and of the ledger too, which takes some minutes.
 */
@Tag("slow")
class ExactlyOnceTest {
    private static final int WORKERS = 6;

    /** No unique key: whatever is done twice shows. */
    private static final String MYSQL = """
            SET NAMES utf8mb4;
            CREATE TABLE once (n INT NOT NULL);
            INSERT INTO once VALUES (1);
            INSERT INTO once VALUES (2);
            ALTER TABLE once ADD INDEX (n);
            CREATE PROCEDURE add_one(n INT) INSERT INTO once VALUES (n);
            CALL add_one(3);
            START TRANSACTION;
            INSERT INTO once VALUES (4);
            INSERT INTO once VALUES (5);
            COMMIT AND NO CHAIN;
            LOCK TABLES once WRITE;
            INSERT INTO once VALUES (6);
            UNLOCK TABLES;
            CREATE TEMPORARY TABLE passing (n INT);
            INSERT INTO passing VALUES (7);
            INSERT INTO once SELECT n FROM passing;
            DROP TEMPORARY TABLE passing;
            SET @altering = 'ALTER TABLE once ADD m INT';
            PREPARE altering FROM @altering;
            DEALLOCATE PREPARE altering;
            SET @last = 8;
            CREATE TABLE last (n INT);
            INSERT INTO last VALUES (@last);
            """;

    private static final List<String> MYSQL_FACTS = List.of(
            "SELECT GROUP_CONCAT(n ORDER BY n) FROM once",
            "SELECT n FROM last",
            "SELECT GROUP_CONCAT(DISTINCT index_name) FROM information_schema.statistics"
                    + " WHERE table_schema = DATABASE()",
            "SELECT COUNT(finished) FROM rowhouse.rowhouse_ledger WHERE database_name = DATABASE()");

    private static final String POSTGRES = """
            SET search_path = public;
            CREATE TABLE once (n int);
            INSERT INTO once VALUES (1);
            INSERT INTO once VALUES (2);
            VACUUM once;
            CREATE INDEX CONCURRENTLY once_n ON once (n);
            BEGIN;
            INSERT INTO once VALUES (3);
            INSERT INTO once VALUES (4);
            COMMIT AND NO CHAIN;
            CREATE TYPE mood AS ENUM ('calm');
            ALTER TYPE mood ADD VALUE 'glad';
            CREATE TABLE moods (m mood);
            INSERT INTO moods VALUES ('glad');
            COPY once FROM stdin;
            5
            \\.
            CREATE TEMPORARY TABLE passing (n int);
            INSERT INTO passing VALUES (6);
            INSERT INTO once SELECT n FROM passing;
            CREATE TABLE last (n int);
            INSERT INTO last VALUES (7);
            """;

    private static final List<String> POSTGRES_FACTS = List.of(
            "SELECT string_agg(n::text, ',' ORDER BY n) FROM once",
            "SELECT n FROM last",
            "SELECT string_agg(m::text, ',') FROM moods",
            "SELECT count(*) FROM pg_index WHERE indrelid = 'once'::regclass AND indisvalid",
            "SELECT count(finished) FROM rowhouse.rowhouse_ledger");

    private record Case(int message, Cut cut) {}

    private static final boolean EVERYWHERE = "everywhere".equals(System.getProperty("cut"));

    @ParameterizedTest
    @EnumSource(TestEngine.class)
    void appliesEachStatementOnceWhereverTheConnectionIsCut(TestEngine engine) throws Exception {
        String script = engine == TestEngine.POSTGRES ? POSTGRES : MYSQL;
        try (TestEngine.Server server = engine.start();
                LocalSqlRunner runner = runner(server)) {
            TenantDatabase undisturbed = server.newTenant();
            // MySQL wants TLS for a user's first login; without it, the messages can be read.
            Runs.end(runner, server.newTenant().run("SELECT 1"));
            int messages = run(runner, undisturbed, script, new Case(0, Cut.NEVER_SENT));
            List<String> facts = facts(undisturbed, engine);
            Queue<Case> cases = new ConcurrentLinkedQueue<>();
            for (int message = 1; message <= messages; message++) {
                cases.add(new Case(message, Cut.NEVER_SENT));
                cases.add(new Case(message, Cut.ANSWERED));
            }

            inParallel(() -> {
                for (Case next = cases.poll(); next != null; next = cases.poll()) {
                    TenantDatabase tenant = server.newTenant();
                    run(runner, tenant, script, next);
                    assertThat(facts(tenant, engine)).as(next.toString()).isEqualTo(facts);
                }
                return null;
            });

            assertThat(facts.get(0)).isEqualTo(engine == TestEngine.POSTGRES ? "1,2,3,4,5,6" : "1,2,3,4,5,6,7");
            assertThat(messages).isGreaterThanOrEqualTo(EVERYWHERE ? 60 : 18);
        }
    }

    private static LocalSqlRunner runner(TestEngine.Server server) {
        DatabasePolicy policy = DatabasePolicy.standard()
                .withLoopback(Loopback.ALLOWED)
                .withCaFile(server.caFile())
                .withLockPoll(Duration.ofMillis(50));
        return new LocalSqlRunner(policy, Clock.systemUTC());
    }

    /** @return how many messages it took */
    private static int run(LocalSqlRunner runner, TenantDatabase tenant, String script, Case at) throws Exception {
        try (CuttingProxy proxy =
                new CuttingProxy(tenant.port(), at.message(), at.cut(), text -> EVERYWHERE || carries(script, text))) {
            SqlRun run = tenant.run(script, "localhost", proxy.port(), TlsMode.OFF);
            assertThat(Runs.end(runner, run)).as(at.toString()).isInstanceOf(Done.class);
            return proxy.messages();
        }
    }

    /** Whether a message holds a statement of the script, and not one of ours. */
    private static boolean carries(String script, String message) {
        return script.lines()
                .map(line -> line.replace(";", ""))
                .filter(line -> line.length() > "COMMIT".length())
                .anyMatch(message::contains);
    }

    private static List<String> facts(TenantDatabase tenant, TestEngine engine) throws SQLException {
        List<String> facts = new ArrayList<>();
        for (String question : engine == TestEngine.POSTGRES ? POSTGRES_FACTS : MYSQL_FACTS) {
            facts.add(String.join("|", tenant.query(question)));
        }
        return facts;
    }

    private static void inParallel(Callable<Void> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<Void>> ends = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                ends.add(pool.submit(work));
            }
            for (Future<Void> end : ends) {
                end.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
