package dev.rowhouse.onboarding.loop;

import dev.rowhouse.onboarding.lifecycle.Fact;
import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.onboarding.lifecycle.Pins;
import dev.rowhouse.onboarding.lifecycle.Step;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Steps that answer at once, except those that are held. */
final class ScriptedSteps implements AutoCloseable {

    private static final Map<Step, List<Fact>> ANSWERS = Map.of(
            Step.PIN_SETTINGS, List.of(new Fact.SettingsPinned(new Pins(1, "nonce", "key"))),
            Step.CREATE_STACK, List.of(new Fact.StackAccepted("arn:stack")),
            Step.WATCH_STACK, List.of(new Fact.DatabaseReady(), new Fact.StackCompleted()),
            Step.RUN_SQL, List.of(new Fact.ScriptStarted(), new Fact.ScriptCompleted()));

    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final List<Started> started = new CopyOnWriteArrayList<>();
    private final Set<Step> held;

    record Started(Onboarding onboarding, Reporter reporter) {}

    ScriptedSteps(Set<Step> held) {
        this.held = held;
    }

    Map<Step, StepWork> all() {
        Map<Step, StepWork> steps = new EnumMap<>(Step.class);
        ANSWERS.forEach((step, facts) -> steps.put(step, (onboarding, reporter) -> {
            started.add(new Started(onboarding, reporter));
            if (!held.contains(step)) {
                pool.execute(() -> facts.forEach(reporter::report));
            }
        }));
        return steps;
    }

    List<Started> started() {
        return started;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
