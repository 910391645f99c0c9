package dev.rowhouse.onboarding.intake;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries input from the public topics to the inbox, until closed. At least once: a record carried twice is harmless, because
 * the same tenant again changes nothing.
 */
public final class Intake implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(8);

    private final IntakeClients clients;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "intake");

    public Intake(IntakeClients clients) {
        this.clients = clients;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!isClosing()) {
            try (IntakeSession session = new IntakeSession(clients)) {
                while (!isClosing()) {
                    session.turn();
                }
            } catch (RuntimeException | Error e) {
                // The last line of defence: a new session starts from what is committed. Without this thread the
                // process would live on and take nothing in.
                if (!isClosing()) {
                    LOG.error("the intake starts anew from what is committed", e);
                    pause();
                }
            }
        }
    }

    private void pause() {
        try {
            closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
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
