package dev.rowhouse.service.session;

import dev.rowhouse.service.health.Health;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs sessions on a thread of its own, one after another, until closed. Thread-safe.
 *
 * <p>Any error ends a session only: without this thread the process would live on and do nothing.
 */
public final class SessionThread implements Health, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SessionThread.class);

    private static final Duration SHORTEST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(8);

    /** A turn asks brokers a few questions, each with a timeout of a minute or less. */
    private static final Duration SLOW = Duration.ofMinutes(2);

    /** No sum of timeouts is that long: the thread hangs, and only a restart helps. */
    private static final Duration WEDGED = Duration.ofMinutes(10);

    private final String name;
    private final Supplier<Session> sessions;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private Duration backoff = SHORTEST_BACKOFF;
    private volatile Instant lastTurn;
    private volatile List<String> reasons;

    /**
     * @param name of the thread, and of the work in log and health, for example {@code onboarding-loop}
     * @param sessions starts one
     */
    public SessionThread(String name, Supplier<Session> sessions, Clock clock) {
        this.name = name;
        this.sessions = sessions;
        this.clock = clock;
        this.thread = new Thread(this::run, name);
        this.lastTurn = clock.instant();
        this.reasons = List.of("the " + name + " has not joined its group yet");
    }

    public void start() {
        lastTurn = clock.instant();
        thread.start();
    }

    @Override
    public List<String> notReady() {
        List<String> all = new ArrayList<>(reasons);
        all.addAll(late(SLOW));
        return all;
    }

    @Override
    public List<String> notAlive() {
        return late(WEDGED);
    }

    private List<String> late(Duration limit) {
        Instant last = lastTurn;
        return last.isBefore(clock.instant().minus(limit))
                ? List.of("the " + name + " has not come round since " + last + ": a thread dump shows where it stands")
                : List.of();
    }

    private void run() {
        while (!isClosing()) {
            try (Session session = sessions.get()) {
                while (!isClosing()) {
                    boolean progress = session.turn();
                    lastTurn = clock.instant();
                    session.notReady().ifPresent(now -> reasons = now);
                    pace(progress);
                }
            } catch (RuntimeException | Error e) {
                // The last line of defence: whatever it was, what is committed is the truth, and a new session reads
                // it.
                if (!isClosing()) {
                    lastTurn = clock.instant();
                    reasons = List.of("the " + name + " failed at " + lastTurn + " and starts anew: the log says why");
                    LOG.error("the {} starts anew from what is committed", name, e);
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

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Returns once the session is closed. A turn that cannot end, for want of a broker, is interrupted. */
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
