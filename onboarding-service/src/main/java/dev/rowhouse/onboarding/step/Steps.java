package dev.rowhouse.onboarding.step;

import dev.rowhouse.onboarding.OnboardingConfig;
import dev.rowhouse.onboarding.lifecycle.Step;
import dev.rowhouse.onboarding.loop.StepWork;
import dev.rowhouse.onboarding.progress.SqlProgress;
import dev.rowhouse.onboarding.settings.SettingsStore;
import dev.rowhouse.onboarding.stack.KeyRing;
import dev.rowhouse.onboarding.stack.TenantStacks;
import dev.rowhouse.sql.SqlRunner;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** The work of every step, on one pool. */
public final class Steps implements AutoCloseable {

    private static final int THREADS = 16;

    private final Worker worker = new Worker(THREADS);
    private final Map<Step, StepWork> all;

    public Steps(
            String deployment,
            OnboardingConfig.Deadlines deadlines,
            SettingsStore settings,
            KeyRing keys,
            TenantStacks stacks,
            SqlRunner runner,
            SqlProgress progress,
            Clock clock) {
        TenantPlans plans = new TenantPlans(deployment, settings, keys);
        this.all = Map.of(
                Step.PIN_SETTINGS,
                blocking(new PinSettings(settings, keys, () -> UUID.randomUUID().toString())),
                Step.CREATE_STACK,
                blocking(new CreateStack(deployment, plans, stacks, deadlines.stack())),
                Step.WATCH_STACK,
                new WatchStack(plans, stacks, worker, deadlines.stack(), clock),
                Step.RUN_SQL,
                new RunSql(
                        plans,
                        stacks,
                        runner,
                        worker,
                        progress,
                        new RunSql.Limits(deadlines.database(), deadlines.sql())));
    }

    public Map<Step, StepWork> all() {
        return all;
    }

    private StepWork blocking(BlockingStep step) {
        return (onboarding, reporter) ->
                worker.start(onboarding, reporter, () -> reporter.report(step.run(onboarding)));
    }

    @Override
    public void close() {
        worker.close();
    }
}
