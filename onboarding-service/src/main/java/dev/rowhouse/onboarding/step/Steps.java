package dev.rowhouse.onboarding.step;

import dev.rowhouse.onboarding.lifecycle.Step;
import dev.rowhouse.onboarding.loop.StepWork;
import dev.rowhouse.onboarding.settings.SettingsStore;
import dev.rowhouse.onboarding.stack.KeyRing;
import dev.rowhouse.onboarding.stack.TenantStacks;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** The work of every step, on one pool. */
public final class Steps implements AutoCloseable {

    private static final int THREADS = 16;

    private final Worker worker = new Worker(THREADS);
    private final Map<Step, StepWork> all;

    /** @param stackDeadline how long making a stack may take */
    public Steps(
            String deployment,
            Duration stackDeadline,
            SettingsStore settings,
            KeyRing keys,
            TenantStacks stacks,
            Scripts scripts,
            Clock clock) {
        TenantPlans plans = new TenantPlans(deployment, settings, keys);
        this.all = Map.of(
                Step.PIN_SETTINGS,
                blocking(new PinSettings(settings, keys, () -> UUID.randomUUID().toString())),
                Step.CREATE_STACK,
                blocking(new CreateStack(deployment, plans, stacks, stackDeadline)),
                Step.WATCH_STACK,
                new WatchStack(plans, stacks, worker, stackDeadline, clock),
                Step.RUN_SQL,
                new RunSql(plans, stacks, worker, scripts));
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
