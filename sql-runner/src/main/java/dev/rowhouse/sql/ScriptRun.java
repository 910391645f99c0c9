package dev.rowhouse.sql;

import dev.rowhouse.sql.RunState.Connecting;
import dev.rowhouse.sql.RunState.Done;
import dev.rowhouse.sql.RunState.Failed;
import dev.rowhouse.sql.RunState.Reason;
import dev.rowhouse.sql.RunState.Running;
import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.connect.ConnectionGuard.Breach;
import dev.rowhouse.sql.connect.Deadline;
import dev.rowhouse.sql.connect.Endpoints;
import dev.rowhouse.sql.connect.ForbiddenEndpointException;
import dev.rowhouse.sql.engine.DatabaseEngine;
import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.LoginRefusedException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.engine.ScriptSession;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.UnreadableScriptException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run, from try to try:
 *
 * <pre>
 *   Connecting ──logged in──▶ Running ──ledger complete──▶ Done
 *     │  ▲ try again            │  ▲ try again
 *     │  └── until reachWithin  │  └── until runWithin
 *     └──────────▶ Failed ◀─────┘
 * </pre>
 *
 * <p>Tries follow each other, each handed to the pool by the one before or by the timer, so all fields but the volatile ones are
 * seen by one thread at a time.
 */
final class ScriptRun {
    private static final Logger LOG = LoggerFactory.getLogger(ScriptRun.class);

    /** A statement that takes its server down with it would otherwise do so until the run's time is up. */
    private static final int MOST_LOSSES_AT_ONE_STATEMENT = 5;

    private final RunId id;
    private final SqlRun run;
    private final DatabaseEngine engine;
    private final DatabasePolicy policy;
    private final Supplier<ConnectionGuard> guards;
    private final ExecutorService pool;
    private final ScheduledExecutorService timer;
    private final Backoff backoff = new Backoff(new SplittableRandom());

    private volatile RunState state = new Connecting();
    private volatile boolean cancelled;
    private volatile ConnectionGuard guard;

    private Script script;
    private Deadline reachBy;
    private Deadline endBy;
    private Deadline refusedUntil;
    private int lostAt;
    private int losses;
    private String lastFault = "";

    /** For the log alone: it tells refused from timed out. */
    private String lastCause = "";

    ScriptRun(
            RunId id,
            SqlRun run,
            DatabaseEngine engine,
            DatabasePolicy policy,
            Supplier<ConnectionGuard> guards,
            ExecutorService pool,
            ScheduledExecutorService timer) {
        this.id = id;
        this.run = run;
        this.engine = engine;
        this.policy = policy;
        this.guards = guards;
        this.pool = pool;
        this.timer = timer;
    }

    static boolean isEnd(RunState state) {
        return state instanceof Done || state instanceof Failed;
    }

    RunState state() {
        return state;
    }

    void begin() {
        submit();
    }

    void cancel() {
        cancelled = true;
        ConnectionGuard open = guard;
        if (open != null) {
            open.cancel();
        }
    }

    private void submit() {
        try {
            pool.execute(this::step);
        } catch (RejectedExecutionException e) {
            LOG.atDebug().addKeyValue("run", id.value()).log("Not tried again: the runner is closed");
        }
    }

    /** One try, and what follows from it. */
    private void step() {
        try {
            if (!cancelled && (script != null || prepare())) {
                attempt();
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            // The last defence: what a driver makes of garbage is not only SQLExceptions, and a run must not stay open
            // for
            // ever because of a mistake of ours either. An array of a length that a server claims fails alone.
            LOG.atError().addKeyValue("run", id.value()).setCause(e).log("A try to run a script broke");
            again(new PassingSqlFaultException(e.getClass().getSimpleName(), 0, e));
        }
    }

    /** What needs no database: whether there is a script, and an endpoint that can be one. */
    private boolean prepare() {
        reachBy = Deadline.in(run.reachWithin());
        try {
            Endpoints.check(run.database(), run.credentials());
            script = engine.splitter().split(run.script());
            return true;
        } catch (ForbiddenEndpointException e) {
            fail(Reason.ENDPOINT_FORBIDDEN, e.getMessage(), Map.of());
        } catch (UnreadableScriptException e) {
            fail(Reason.SQL_FAILED, e.getMessage(), Map.of("line", e.line()));
        }
        return false;
    }

    private void attempt() {
        try (ConnectionGuard opened = guards.get()) {
            guard = opened;
            if (cancelled) {
                return;
            }
            opened.closeAt(Deadline.in(policy.loginWithin()).orEarlier(endBy == null ? reachBy : endBy));
            try (ScriptSession session = engine.login(run.database(), run.credentials(), opened)) {
                answered(opened);
                finish(session.run(script, done -> state = new Running(done, script.size())));
            }
        } catch (LoginRefusedException e) {
            refused(e);
        } catch (FailedStatementException e) {
            fail(Reason.SQL_FAILED, e.getMessage(), e.details());
        } catch (PassingSqlFaultException e) {
            afterFault(e);
        } finally {
            guard = null;
        }
    }

    private void answered(ConnectionGuard opened) {
        if (endBy == null) {
            endBy = Deadline.in(run.runWithin());
        }
        refusedUntil = null;
        opened.closeAt(endBy);
        state = new Running(0, script.size());
    }

    private void finish(ScriptSession.Outcome outcome) {
        if (outcome == ScriptSession.Outcome.COMPLETE) {
            state = new Done(script.size());
            return;
        }
        lastFault = "another session holds the lock on this database";
        if (endBy.passed()) {
            timedOut(lastFault);
        } else {
            LOG.atInfo().addKeyValue("run", id.value()).log("Another owner runs a script on this database: waiting");
            tryAgainIn(policy.lockPoll());
        }
    }

    private void refused(LoginRefusedException e) {
        if (refusedUntil == null) {
            refusedUntil = Deadline.in(policy.loginPatience());
        }
        if (refusedUntil.passed()) {
            fail(
                    Reason.LOGIN_REFUSED,
                    "The database refused the login of " + run.credentials().user() + " to "
                            + run.database().name() + ": " + e.getMessage() + " [" + e.sqlState() + "]",
                    Map.of("sqlstate", e.sqlState(), "server_message", e.getMessage()));
        } else {
            log("The database refused the login: trying again", e.getMessage());
            tryAgainIn(shorterOf(backoff.next(), refusedUntil.remaining()));
        }
    }

    private void afterFault(PassingSqlFaultException e) {
        ConnectionGuard closed = guard;
        if (closed != null && closed.forbidden().isPresent()) {
            fail(Reason.ENDPOINT_FORBIDDEN, closed.forbidden().get().getMessage(), Map.of());
        } else if (closed == null
                || closed.breach().filter(Breach.CANCELLED::equals).isEmpty()) {
            again(e);
        }
    }

    private void again(PassingSqlFaultException fault) {
        boolean atTheEnd = (endBy == null ? reachBy : endBy).passed();
        if (!atTheEnd || lastFault.isEmpty()) {
            // At the end the fault is our own closing of the socket, and says less than the one before it.
            lastFault = fault.getMessage();
            lastCause = rootOf(fault);
        }
        countLoss(fault.statementIndex());
        if (atTheEnd && endBy == null) {
            unreachable();
        } else if (atTheEnd) {
            timedOut(lastFault);
        } else if (losses >= MOST_LOSSES_AT_ONE_STATEMENT) {
            fail(
                    Reason.SQL_FAILED,
                    "The connection was lost " + losses + " times in a row at statement " + lostAt + " in line "
                            + script.lineOf(lostAt) + ", at last with: " + lastFault,
                    atStatement(lostAt));
        } else {
            log(endBy == null ? "No connection yet: trying again" : "A passing fault: trying again", lastFault);
            tryAgainIn(shorterOf(backoff.next(), (endBy == null ? reachBy : endBy).remaining()));
        }
    }

    /** Losses without a statement, as while a server that a statement has taken down starts again, leave the count as it is. */
    private void countLoss(int statementIndex) {
        if (statementIndex > 0) {
            losses = statementIndex == lostAt ? losses + 1 : 1;
            lostAt = statementIndex;
        }
    }

    /** Says the same whatever the cause: a template must not learn from us what listens where. The cause is in the log. */
    private void unreachable() {
        fail(
                Reason.DATABASE_UNREACHABLE,
                "No connection to port " + run.database().port() + " of the database's host within " + run.reachWithin()
                        + ": check address, route, security groups, and whether the server's TLS fits the setting "
                        + run.database().tls(),
                Map.of());
    }

    private void timedOut(String cause) {
        int done = state instanceof Running running ? running.done() : 0;
        boolean between = done >= script.size();
        fail(
                Reason.SQL_TIMED_OUT,
                "The script did not end within " + run.runWithin() + "; " + done + " of " + script.size()
                        + " statements had run; what was committed of them stays, and is not run again: " + cause,
                between ? Map.of() : atStatement(done + 1));
    }

    private Map<String, Object> atStatement(int index) {
        return Map.of("statement_index", index, "line", script.lineOf(index));
    }

    private void fail(Reason reason, String message, Map<String, Object> details) {
        LOG.atWarn()
                .addKeyValue("run", id.value())
                .addKeyValue("reason", reason)
                .addKeyValue("host", run.database().host())
                .addKeyValue("fault", lastFault)
                .addKeyValue("cause", lastCause)
                .log(message);
        state = new Failed(reason, message, withTotal(details));
    }

    private Map<String, Object> withTotal(Map<String, Object> details) {
        if (!details.containsKey("statement_index")) {
            return details;
        }
        Map<String, Object> all = new LinkedHashMap<>(details);
        all.put("statements", script.size());
        return all;
    }

    private void log(String message, String fault) {
        LOG.atInfo()
                .addKeyValue("run", id.value())
                .addKeyValue("host", run.database().host())
                .addKeyValue("fault", fault)
                .addKeyValue("cause", lastCause)
                .log(message);
    }

    private void tryAgainIn(Duration wait) {
        timer.schedule(this::submit, wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The network's or TLS's own words; never a server's, which may hold data. */
    private static String rootOf(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof IOException || root instanceof GeneralSecurityException ? root.toString() : "";
    }

    private static Duration shorterOf(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
