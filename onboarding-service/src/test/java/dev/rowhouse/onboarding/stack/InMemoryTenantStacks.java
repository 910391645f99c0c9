package dev.rowhouse.onboarding.stack;

import dev.rowhouse.onboarding.account.AccountAccess;
import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.onboarding.lifecycle.StepRun;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Stacks that come about as a test tells them to, at once. Thread-safe. */
final class InMemoryTenantStacks implements TenantStacks {

    /** What becomes of a stack: its outputs, or why there are none. */
    record Story(Map<String, String> outputs, Optional<Failure> failure) {}

    private record Made(String id, StackTags tags, Story story) {}

    private final Function<StackOrder, Story> stories;
    private final Executor listeners;
    private final Map<String, Made> byName = new ConcurrentHashMap<>();
    private final Set<String> isProtected = ConcurrentHashMap.newKeySet();

    InMemoryTenantStacks(Function<StackOrder, Story> stories, Executor listeners) {
        this.stories = stories;
        this.listeners = listeners;
    }

    @Override
    public String create(StackOrder order) {
        Made made = byName.computeIfAbsent(
                order.name().value(),
                name -> new Made("arn:memory:stack/" + name + "/" + byName.size(), order.tags(), stories.apply(order)));
        if (!made.tags().equals(order.tags())) {
            throw new FailureException(new Failure(
                    FailureCode.STACK_NAME_TAKEN,
                    order.step().step().wire(),
                    "stack " + order.name() + " is taken",
                    false,
                    Map.of("stack_id", made.id())));
        }
        return made.id();
    }

    @Override
    public void watch(StackWatch watch, StackListener listener) {
        Story story = made(watch.stackId()).story();
        listeners.execute(() -> {
            if (!watch.wanted().getAsBoolean()) {
                return;
            }
            story.failure().ifPresentOrElse(listener::failed, () -> {
                listener.databaseReady();
                listener.completed(new StackOutputs(story.outputs(), Map.of(), Map.of()));
            });
        });
    }

    @Override
    public StackOutputs outputs(AccountAccess access, String stackId, StepRun step) {
        return new StackOutputs(made(stackId).story().outputs(), Map.of(), Map.of());
    }

    @Override
    public void protect(AccountAccess access, String stackId, StepRun step) {
        isProtected.add(stackId);
    }

    private Made made(String stackId) {
        return byName.values().stream()
                .filter(made -> made.id().equals(stackId))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no stack " + stackId + " was ever made here"));
    }
}
