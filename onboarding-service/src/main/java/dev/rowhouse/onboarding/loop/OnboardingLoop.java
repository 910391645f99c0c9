package dev.rowhouse.onboarding.loop;

import dev.rowhouse.onboarding.lifecycle.Step;
import dev.rowhouse.service.health.Health;
import dev.rowhouse.service.session.SessionThread;
import java.time.Clock;
import java.util.Map;

/**
 * Runs the onboardings of this process's share of the tenants, until closed. Starts anew from what is committed after any
 * error that a session cannot mend itself.
 */
public final class OnboardingLoop implements AutoCloseable {

    private final SessionThread sessions;

    public OnboardingLoop(LoopClients clients, Map<Step, StepWork> steps, Clock clock) {
        Map<Step, StepWork> all = Map.copyOf(steps);
        this.sessions = new SessionThread("onboarding-loop", () -> new LoopSession(clients, all, clock), clock);
    }

    public void start() {
        sessions.start();
    }

    public Health health() {
        return sessions;
    }

    /** Returns once the group is left. */
    @Override
    public void close() {
        sessions.close();
    }
}
