package dev.rowhouse.onboarding.step;

import dev.rowhouse.onboarding.lifecycle.Fact;
import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.onboarding.loop.Reporter;
import dev.rowhouse.onboarding.loop.StepWork;
import dev.rowhouse.onboarding.stack.ExpectedDatabases;
import dev.rowhouse.onboarding.stack.OutputsContract;
import dev.rowhouse.onboarding.stack.StackListener;
import dev.rowhouse.onboarding.stack.StackOutputs;
import dev.rowhouse.onboarding.stack.StackParameters;
import dev.rowhouse.onboarding.stack.StackWatch;
import dev.rowhouse.onboarding.stack.TenantStacks;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Follows the stack to its end. Harmless to repeat: it reads only, but for protecting a stack that is complete. */
final class WatchStack implements StepWork {

    /** CloudFormation ends a stack at the deadline by itself and tells why; only where it does not, we do. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private final TenantPlans plans;
    private final TenantStacks stacks;
    private final Worker worker;
    private final Duration deadline;
    private final Clock clock;

    WatchStack(TenantPlans plans, TenantStacks stacks, Worker worker, Duration deadline, Clock clock) {
        this.plans = plans;
        this.stacks = stacks;
        this.worker = worker;
        this.deadline = deadline;
        this.clock = clock;
    }

    @Override
    public void start(Onboarding onboarding, Reporter reporter) {
        AtomicReference<Failure> refusal = new AtomicReference<>();
        worker.start(onboarding, reporter, () -> follow(onboarding, reporter, refusal));
        Instant end = onboarding.stepRun().since().plus(deadline).plus(GRACE);
        Duration left = Duration.between(clock.instant(), end);
        // However long nobody watched, the stack is looked at before it is called late: it may be long complete.
        worker.deadline(
                left.compareTo(GRACE) < 0 ? GRACE : left,
                onboarding,
                reporter,
                () -> reporter.report(new Fact.StepFailed(late(onboarding, refusal.get()))));
    }

    private void follow(Onboarding onboarding, Reporter reporter, AtomicReference<Failure> refusal) {
        TenantPlan plan = plans.of(onboarding);
        StackWatch watch = new StackWatch(
                plan.access(),
                onboarding.stackId(),
                ExpectedDatabases.of(plan.template()),
                plan.settings().template().sha256(),
                onboarding.stepRun(),
                reporter::wanted);
        stacks.watch(watch, new StackListener() {
            @Override
            public void databaseReady() {
                reporter.report(new Fact.DatabaseReady());
            }

            @Override
            public void refused(Failure why) {
                refusal.set(scrubbed(why, plan.parameters()));
            }

            @Override
            public void seen() {
                refusal.set(null);
            }

            @Override
            public void completed(StackOutputs outputs) {
                worker.start(onboarding, reporter, () -> complete(outputs, plan, onboarding, reporter));
            }

            @Override
            public void failed(Failure failure) {
                reporter.report(new Fact.StepFailed(scrubbed(failure, plan.parameters())));
            }
        });
    }

    /** AWS's reasons quote what it was given. */
    static Failure scrubbed(Failure failure, StackParameters parameters) {
        Map<String, Object> details = new LinkedHashMap<>(failure.details());
        details.replaceAll((name, value) -> value instanceof String text ? parameters.scrub(text) : value);
        return new Failure(
                failure.code(), failure.step(), parameters.scrub(failure.message()), failure.retryable(), details);
    }

    private void complete(StackOutputs outputs, TenantPlan plan, Onboarding onboarding, Reporter reporter) {
        OutputsContract.read(plan.access(), outputs, plan.parameters(), plan.template());
        // Before the report: afterwards the step is nobody's, and a stack would stay unprotected where this process
        // ends.
        stacks.protect(plan.access(), onboarding.stackId(), onboarding.stepRun());
        reporter.report(new Fact.StackCompleted());
    }

    /** Who cannot look does not know whether it is late. */
    private Failure late(Onboarding onboarding, Failure refusal) {
        return refusal == null ? timedOut(onboarding) : refusal;
    }

    private Failure timedOut(Onboarding onboarding) {
        return new Failure(
                FailureCode.STACK_TIMED_OUT,
                onboarding.stepRun().step().wire(),
                "Stack " + onboarding.stackId() + " was not complete within " + deadline.toMinutes()
                        + " minutes, and CloudFormation did not end it: see its events",
                true,
                Map.of("stack_id", onboarding.stackId()));
    }
}
