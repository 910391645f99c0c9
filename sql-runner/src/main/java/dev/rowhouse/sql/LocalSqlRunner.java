package dev.rowhouse.sql;

import dev.rowhouse.sql.connect.AddressRules;
import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.connect.Resolver;
import dev.rowhouse.sql.connect.TrustedRoots;
import dev.rowhouse.sql.engine.DatabaseEngine;
import dev.rowhouse.sql.mysql.MySqlEngine;
import dev.rowhouse.sql.postgres.PostgresEngine;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Runs scripts in this process, so it needs a route to the databases. A run takes a thread of a bounded pool while it talks to its
 * database; between tries it is an entry in a timer. Thread-safe.
 */
public final class LocalSqlRunner implements SqlRunner {
    private final Map<RunId, ScriptRun> runs = new ConcurrentHashMap<>();
    private final Map<Engine, DatabaseEngine> engines;
    private final DatabasePolicy policy;
    private final ExecutorService pool;
    private final ScheduledThreadPoolExecutor timer;
    private final Supplier<ConnectionGuard> guards;

    /**
     * @param clock for the times in the ledger
     * @throws dev.rowhouse.sql.connect.UnusableCaFileException when the policy's CA file is of no use
     */
    public LocalSqlRunner(DatabasePolicy policy, Clock clock) {
        this(policy, clock, Resolver.system());
    }

    LocalSqlRunner(DatabasePolicy policy, Clock clock, Resolver resolver) {
        TrustedRoots roots = TrustedRoots.from(policy.caFile());
        this.policy = policy;
        this.engines = Map.of(
                Engine.POSTGRES, new PostgresEngine(roots, policy.loginWithin(), clock),
                Engine.MYSQL, new MySqlEngine(roots, policy.loginWithin(), clock));
        this.pool = Executors.newFixedThreadPool(policy.poolSize(), threads("rowhouse-sql-"));
        this.timer = new ScheduledThreadPoolExecutor(1, threads("rowhouse-sql-timer-"));
        timer.setRemoveOnCancelPolicy(true);
        // A run that asks for its next try while the runner closes has been cancelled: nothing is lost.
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        AddressRules rules = new AddressRules(policy.allowedPrivateCidrs(), policy.loopback());
        this.guards = () -> new ConnectionGuard(rules, resolver, policy.bytes(), timer);
    }

    @Override
    public RunId start(SqlRun run) {
        RunId id = new RunId(UUID.randomUUID().toString());
        ScriptRun scriptRun = new ScriptRun(id, run, engines.get(run.database().engine()), policy, guards, pool, timer);
        runs.put(id, scriptRun);
        scriptRun.begin();
        return id;
    }

    @Override
    public RunState poll(RunId id) {
        ScriptRun run = runs.get(id);
        if (run == null) {
            throw new IllegalArgumentException(
                    "No run " + id.value() + " here: it never was, or its end has been told");
        }
        RunState state = run.state();
        if (ScriptRun.isEnd(state)) {
            runs.remove(id);
        }
        return state;
    }

    @Override
    public void cancel(RunId id) {
        ScriptRun run = runs.remove(id);
        if (run != null) {
            run.cancel();
        }
    }

    @Override
    public void close() {
        runs.keySet().forEach(this::cancel);
        timer.shutdownNow();
        pool.shutdown();
    }

    private static ThreadFactory threads(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
