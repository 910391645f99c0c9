package dev.rowhouse.onboarding.intake;

import dev.rowhouse.service.health.Health;
import dev.rowhouse.service.session.SessionThread;
import java.time.Clock;

/**
 * Carries input from the public topics to the inbox, until closed. At least once: a record carried twice is harmless, because
 * the same tenant again changes nothing.
 */
public final class Intake implements AutoCloseable {

    private final SessionThread sessions;

    public Intake(IntakeClients clients, Clock clock) {
        this.sessions = new SessionThread("intake", () -> new IntakeSession(clients), clock);
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
