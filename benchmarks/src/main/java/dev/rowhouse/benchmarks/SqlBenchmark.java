package dev.rowhouse.benchmarks;

import dev.rowhouse.benchmarks.BenchmarkServer.Tenant;
import dev.rowhouse.sql.DatabasePolicy;
import dev.rowhouse.sql.LocalSqlRunner;
import dev.rowhouse.sql.RunId;
import dev.rowhouse.sql.RunState;
import dev.rowhouse.sql.SqlRun;
import dev.rowhouse.sql.connect.AddressRules.Loopback;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * 20,000 inserts as a script with its ledger, against the same statements over plain JDBC with the same transactions. The two take
 * turns on one server; the ratio of their medians is what counts, and 1.5 is the most it may be.
 */
public final class SqlBenchmark {
    private static final int INSERTS = 20_000;
    private static final int ROUNDS = 5;
    private static final double MOST = 1.5;

    /** As {@code LedgerRun} commits: after so many statements, or a second. */
    private static final int STATEMENTS_A_TRANSACTION = 1_000;

    private SqlBenchmark() {}

    /** Ends with 1 when a ratio is larger than it may be. */
    public static void main(String[] args) throws Exception {
        boolean within = true;
        for (BenchmarkServer.Kind kind : BenchmarkServer.Kind.values()) {
            try (BenchmarkServer server = BenchmarkServer.start(kind)) {
                within &= compare(kind, server);
            }
        }
        System.exit(within ? 0 : 1);
    }

    private static boolean compare(BenchmarkServer.Kind kind, BenchmarkServer server) throws Exception {
        List<String> statements = new ArrayList<>(List.of("CREATE TABLE t (i INT PRIMARY KEY, s VARCHAR(40))"));
        IntStream.range(0, INSERTS)
                .mapToObj(i -> "INSERT INTO t VALUES (" + i + ", 'a text that is like many others')")
                .forEach(statements::add);
        List<Long> plain = new ArrayList<>();
        List<Long> ledger = new ArrayList<>();
        DatabasePolicy policy =
                DatabasePolicy.standard().withLoopback(Loopback.ALLOWED).withCaFile(server.caFile());
        try (LocalSqlRunner runner = new LocalSqlRunner(policy, Clock.systemUTC())) {
            // The first round warms both up, and is not counted.
            for (int round = 0; round <= ROUNDS; round++) {
                long plainly = plainly(server.newTenant(), statements);
                long withLedger = withLedger(runner, server.newTenant(), String.join(";\n", statements));
                if (round > 0) {
                    plain.add(plainly);
                    ledger.add(withLedger);
                }
            }
        }
        double ratio = (double) median(ledger) / median(plain);
        System.out.printf(
                "sql %-8s %,d inserts: plain JDBC %d..%d..%d ms, with ledger %d..%d..%d ms, ratio %.2f (at most %.1f)%n",
                kind,
                INSERTS,
                millis(plain.get(0)),
                millis(median(plain)),
                millis(plain.get(ROUNDS - 1)),
                millis(ledger.get(0)),
                millis(median(ledger)),
                millis(ledger.get(ROUNDS - 1)),
                ratio,
                MOST);
        return ratio <= MOST;
    }

    private static long plainly(Tenant tenant, List<String> statements) throws SQLException {
        long start = System.nanoTime();
        try (Connection connection = tenant.connect()) {
            connection.setAutoCommit(false);
            long began = System.nanoTime();
            int open = 0;
            for (String sql : statements) {
                try (Statement statement = connection.createStatement()) {
                    statement.setEscapeProcessing(false);
                    statement.execute(sql);
                }
                if (++open == STATEMENTS_A_TRANSACTION || System.nanoTime() - began > TimeUnit.SECONDS.toNanos(1)) {
                    connection.commit();
                    began = System.nanoTime();
                    open = 0;
                }
            }
            connection.commit();
        }
        return System.nanoTime() - start;
    }

    private static long withLedger(LocalSqlRunner runner, Tenant tenant, String script) throws InterruptedException {
        long start = System.nanoTime();
        RunId run = runner.start(new SqlRun(
                tenant.database(), tenant.credentials(), script, Duration.ofSeconds(30), Duration.ofMinutes(10)));
        RunState state = runner.poll(run);
        while (!(state instanceof RunState.Done)) {
            if (state instanceof RunState.Failed failed) {
                throw new IllegalStateException(failed.message());
            }
            TimeUnit.MILLISECONDS.sleep(1);
            state = runner.poll(run);
        }
        return System.nanoTime() - start;
    }

    /** Sorts, too. */
    private static long median(List<Long> nanos) {
        nanos.sort(null);
        return nanos.get(nanos.size() / 2);
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
