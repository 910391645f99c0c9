package dev.rowhouse.onboarding.loop;

import dev.rowhouse.onboarding.lifecycle.Fact;
import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.onboarding.lifecycle.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One start of a step; what it reports becomes a signal until the step is withdrawn. Thread-safe. */
final class StepTicket implements Reporter {

    private final OwnedPartition partition;
    private final Onboarding onboarding;
    private final Consumer<StepSignal> queue;
    private final List<Runnable> releases = new ArrayList<>();
    private volatile boolean wanted = true;

    /** A signal and the ownership under which it arose: after a rebalance it is nobody's. */
    record StepSignal(OwnedPartition partition, Signal signal) {}

    StepTicket(OwnedPartition partition, Onboarding onboarding, Consumer<StepSignal> queue) {
        this.partition = partition;
        this.onboarding = onboarding;
        this.queue = queue;
    }

    @Override
    public void report(Fact fact) {
        if (wanted) {
            queue.accept(new StepSignal(
                    partition,
                    new Signal.Reported(
                            onboarding.tenant().id(),
                            onboarding.attempt(),
                            onboarding.stepRun().number(),
                            fact)));
        }
    }

    @Override
    public boolean wanted() {
        return wanted;
    }

    @Override
    public void whenUnwanted(Runnable release) {
        synchronized (releases) {
            if (wanted) {
                releases.add(release);
                return;
            }
        }
        release.run();
    }

    void withdraw() {
        List<Runnable> due;
        synchronized (releases) {
            wanted = false;
            due = List.copyOf(releases);
            releases.clear();
        }
        due.forEach(Runnable::run);
    }
}
