package dev.rowhouse.onboarding.lifecycle;

import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.OnboardingStatus;
import dev.rowhouse.schema.TenantStatusChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Works out one decision: the next state, and an event for each status on the way to it. The one place that numbers
 * transitions and that knows which status may follow which.
 */
final class Advance {

    private final Instant now;
    private final List<TenantStatusChanged> events = new ArrayList<>();
    private final Onboarding before;
    private Onboarding state;

    private Advance(Onboarding state, Instant now) {
        this.before = state;
        this.state = state;
        this.now = now;
    }

    static Advance begin(Tenant tenant, Instant now) {
        StepRun first = new StepRun(Step.PIN_SETTINGS, 1, now);
        Advance advance = new Advance(new Onboarding(tenant, 1, 0, null, first, null, null, null), now);
        advance.enter(OnboardingStatus.SETUP_CFN_IN_PROGRESS, null);
        return advance;
    }

    static Advance of(Onboarding current, Instant now) {
        return new Advance(current, now);
    }

    /** @throws IllegalStateException when another step is being carried out: a step told what is not its to tell */
    Advance during(Step expected) {
        if (state.stepRun().step() != expected) {
            throw new IllegalStateException(
                    "tenant " + state.tenant().id() + ", attempt " + state.attempt() + ": told a fact of "
                            + expected.wire() + " in " + state.stepRun().step().wire());
        }
        return this;
    }

    /** Enters {@code status}, unless the attempt has it behind it already. */
    Advance passing(OnboardingStatus status) {
        if (state.status().compareTo(status) < 0) {
            if (status.ordinal() != state.status().ordinal() + 1) {
                throw new IllegalStateException("tenant " + state.tenant().id() + ", attempt " + state.attempt() + ": "
                        + status.wire() + " cannot follow " + state.status().wire());
            }
            enter(status, null);
        }
        return this;
    }

    Advance fail(Failure failure) {
        enter(OnboardingStatus.ERROR, failure);
        return this;
    }

    Advance step(Step next) {
        return with(state.stepRun().then(next, now), state.pins(), state.stackId());
    }

    Advance pin(Pins pins) {
        return with(state.stepRun(), pins, state.stackId());
    }

    Advance stack(String stackId) {
        return with(state.stepRun(), state.pins(), stackId);
    }

    /** A completed tenant is remembered by its ids alone: there may be millions, and nothing more will be done. */
    Decision decision() {
        if (events.isEmpty() && state.equals(before)) {
            return Decision.NOTHING;
        }
        Onboarding next = state.status() == OnboardingStatus.ALL_COMPLETED
                ? new Onboarding(
                        state.tenant().idsOnly(),
                        state.attempt(),
                        state.sequence(),
                        state.status(),
                        null,
                        null,
                        state.stackId(),
                        null)
                : state;
        return Decision.to(next, events);
    }

    private Advance with(StepRun stepRun, Pins pins, String stackId) {
        state = new Onboarding(
                state.tenant(),
                state.attempt(),
                state.sequence(),
                state.status(),
                stepRun,
                pins,
                stackId,
                state.failure());
        return this;
    }

    private void enter(OnboardingStatus status, Failure failure) {
        OnboardingStatus previous = state.status();
        state = new Onboarding(
                state.tenant(),
                state.attempt(),
                state.sequence() + 1,
                status,
                state.stepRun(),
                state.pins(),
                state.stackId(),
                failure);
        events.add(new TenantStatusChanged(
                state.tenant().id(),
                state.tenant().saasId(),
                state.tenant().name(),
                state.tenant().attributes(),
                status,
                previous,
                state.sequence(),
                state.attempt(),
                now,
                state.stackId(),
                failure));
    }
}
