package dev.rowhouse.onboarding.step;

import dev.rowhouse.onboarding.lifecycle.Fact;
import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.onboarding.loop.Reporter;
import dev.rowhouse.onboarding.loop.StepWork;
import dev.rowhouse.onboarding.stack.OutputsContract;
import dev.rowhouse.onboarding.stack.TenantEnvironment;
import dev.rowhouse.onboarding.stack.TenantStacks;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import dev.rowhouse.sql.Engine;
import dev.rowhouse.sql.RunId;
import dev.rowhouse.sql.RunState;
import dev.rowhouse.sql.SqlRun;
import dev.rowhouse.sql.TlsMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Runs the script in the tenant's database. Harmless to repeat: the ledger in that database knows what has been run. The
 * credentials are read from the stack anew each time and kept nowhere.
 */
final class RunSql implements StepWork {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final TenantPlans plans;
    private final TenantStacks stacks;
    private final Worker worker;
    private final Scripts scripts;

    RunSql(TenantPlans plans, TenantStacks stacks, Worker worker, Scripts scripts) {
        this.plans = plans;
        this.stacks = stacks;
        this.worker = worker;
        this.scripts = scripts;
    }

    @Override
    public void start(Onboarding onboarding, Reporter reporter) {
        begin(onboarding, reporter, () -> run(onboarding));
    }

    /** Tries to learn where the database is for as long as a script may take; then the runner has its own limits. */
    void begin(Onboarding onboarding, Reporter reporter, Supplier<SqlRun> order) {
        AtomicBoolean begun = new AtomicBoolean();
        worker.start(onboarding, reporter, () -> {
            SqlRun run = order.get();
            begun.set(true);
            follow(scripts.runner().start(run), onboarding, reporter);
        });
        worker.deadline(scripts.atMost(), onboarding, reporter, () -> {
            if (!begun.get()) {
                reporter.report(new Fact.StepFailed(unknown(onboarding)));
            }
        });
    }

    private Failure unknown(Onboarding onboarding) {
        return new Failure(
                FailureCode.DATABASE_UNREACHABLE,
                onboarding.stepRun().step().wire(),
                "The outputs of stack " + onboarding.stackId() + ", which name the database, could not be read for "
                        + scripts.atMost().toMinutes()
                        + " minutes: check that the stack is there and that the role may read it",
                true,
                Map.of("stack_id", onboarding.stackId()));
    }

    private SqlRun run(Onboarding onboarding) {
        TenantPlan plan = plans.of(onboarding);
        TenantEnvironment environment = OutputsContract.read(
                plan.access(),
                stacks.outputs(plan.access(), onboarding.stackId(), onboarding.stepRun()),
                plan.parameters(),
                plan.template());
        return new SqlRun(
                new SqlRun.Database(
                        environment.dbType() == TenantEnvironment.DbType.MYSQL ? Engine.MYSQL : Engine.POSTGRES,
                        environment.dbHost(),
                        environment.dbPort(),
                        environment.dbName(),
                        tls(plan.settings().database().tls())),
                new SqlRun.Credentials(environment.dbUser(), environment.dbPass()),
                plans.script(onboarding),
                scripts.reachWithin(),
                scripts.atMost());
    }

    /** Looks now and then until the run has ended, whoever wants it: a run that nobody wants is given up. */
    void follow(RunId run, Onboarding onboarding, Reporter reporter) {
        ScriptProgress script = new ScriptProgress(onboarding, scripts.progress());
        worker.evenUnwanted(Duration.ZERO, onboarding, reporter, () -> look(run, script, onboarding, reporter));
    }

    private void look(RunId run, ScriptProgress script, Onboarding onboarding, Reporter reporter) {
        if (!reporter.wanted()) {
            // Another process owns the tenant by now, or soon: it must not wait for our lock in the database.
            scripts.runner().cancel(run);
            return;
        }
        RunState state = scripts.runner().poll(run);
        script.saw(state);
        if (state instanceof RunState.Done) {
            reporter.report(new Fact.ScriptCompleted());
        } else if (state instanceof RunState.Failed failed) {
            if (hadStarted(failed)) {
                reporter.report(new Fact.ScriptStarted());
            }
            reporter.report(new Fact.StepFailed(failure(failed, onboarding)));
        } else {
            if (state instanceof RunState.Running) {
                reporter.report(new Fact.ScriptStarted());
            }
            worker.evenUnwanted(LOOK_EVERY, onboarding, reporter, () -> look(run, script, onboarding, reporter));
        }
    }

    /** Between two looks a script may both start and fail; what the database answered shows that it had started. */
    private static boolean hadStarted(RunState.Failed failed) {
        return failed.reason() == RunState.Reason.SQL_TIMED_OUT
                || failed.reason() == RunState.Reason.SQL_FAILED
                        && failed.details().containsKey("sqlstate");
    }

    private static Failure failure(RunState.Failed failed, Onboarding onboarding) {
        FailureCode code = switch (failed.reason()) {
            case ENDPOINT_FORBIDDEN -> FailureCode.ENDPOINT_FORBIDDEN;
            case DATABASE_UNREACHABLE -> FailureCode.DATABASE_UNREACHABLE;
            case LOGIN_REFUSED -> FailureCode.DATABASE_LOGIN_REFUSED;
            case SQL_FAILED -> FailureCode.SQL_FAILED;
            case SQL_TIMED_OUT -> FailureCode.SQL_TIMED_OUT;
        };
        boolean mayHelp = code == FailureCode.DATABASE_UNREACHABLE || code == FailureCode.SQL_TIMED_OUT;
        return new Failure(code, onboarding.stepRun().step().wire(), failed.message(), mayHelp, failed.details());
    }

    private static TlsMode tls(String setting) {
        return TlsMode.valueOf(setting.replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
