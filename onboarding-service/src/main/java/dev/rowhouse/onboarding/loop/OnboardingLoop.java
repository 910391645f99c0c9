package dev.rowhouse.onboarding.loop;

import dev.rowhouse.onboarding.lifecycle.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the onboardings of this process's share of the tenants, until closed. Starts anew from what is committed after any
 * error that a session cannot mend itself.
 */
public final class OnboardingLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OnboardingLoop.class);

    private static final Duration SHORTEST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(1);
    /** A predecessor's open transaction ends within its timeout and the broker's next scan: this is well past both. */
    private static final Duration RESTORES_WITHIN = Duration.ofSeconds(60);

    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(8);

    private final LoopClients clients;
    private final Map<Step, StepWork> steps;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "onboarding-loop");
    private Duration backoff = SHORTEST_BACKOFF;
    private volatile Instant lastTurn;
    private volatile List<String> reasons = List.of("the loop has not joined its group yet");

    public OnboardingLoop(LoopClients clients, Map<Step, StepWork> steps, Clock clock) {
        this.clients = clients;
        this.steps = Map.copyOf(steps);
        this.clock = clock;
        this.lastTurn = clock.instant();
    }

    public void start() {
        thread.start();
    }

    /** Why the loop is not able to work just now; empty when it is. */
    public List<String> notReady() {
        return reasons;
    }

    /** When the loop last came round: long ago means wedged. */
    public Instant lastTurn() {
        return lastTurn;
    }

    private void run() {
        while (!isClosing()) {
            try (LoopSession session = new LoopSession(clients, steps, clock)) {
                while (!isClosing()) {
                    pace(session.turn());
                    lastTurn = clock.instant();
                    tellReadiness(session);
                }
            } catch (RuntimeException | Error e) {
                // The last line of defence: whatever it was, what is committed is the truth, and a new session reads
                // it. Without this thread the process would live on and do nothing.
                if (!isClosing()) {
                    reasons = List.of("the loop failed at " + clock.instant() + " and starts anew: the log says why");
                    LOG.error("the loop starts anew from what is committed", e);
                    pace(false);
                }
            }
        }
    }

    private void pace(boolean progress) {
        if (progress) {
            backoff = SHORTEST_BACKOFF;
            return;
        }
        try {
            closing.await(backoff.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
        Duration twice = backoff.multipliedBy(2);
        backoff = twice.compareTo(LONGEST_BACKOFF) < 0 ? twice : LONGEST_BACKOFF;
    }

    /** Stays as it was while partitions move; after a failure, until a session has settled. */
    private void tellReadiness(LoopSession session) {
        List<String> late = describe(session.partitions());
        if (session.isSettled() || !late.isEmpty()) {
            reasons = late;
        }
    }

    private List<String> describe(List<OwnedPartition> partitions) {
        Instant before = clock.instant().minus(RESTORES_WITHIN);
        List<String> late = new ArrayList<>();
        for (OwnedPartition partition : partitions) {
            if (!partition.isRestored() && partition.since().isBefore(before)) {
                late.add("partition " + partition.number() + " of " + Journal.TOPIC.name()
                        + " is being restored since " + partition.since()
                        + ": look for a transaction that hangs on it");
            }
        }
        return late;
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Returns once the group is left. A turn that cannot end, for want of a broker, is interrupted. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSES_WITHIN.toMillis());
            thread.interrupt();
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
