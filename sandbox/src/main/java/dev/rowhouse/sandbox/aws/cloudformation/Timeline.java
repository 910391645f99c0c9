package dev.rowhouse.sandbox.aws.cloudformation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to happen to the stacks, and when. One thread does it, holding this object's monitor, which guards all stacks;
 * requests hold it too. The clock may be one that a test sets, so the thread looks at it often rather than trust real time.
 */
final class Timeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Timeline.class);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Clock clock;
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparing(Entry::number));
    private final Thread thread = new Thread(this::run, "aws-stand-in-stacks");
    private long nextNumber;
    private boolean closed;

    private Timeline(Clock clock) {
        this.clock = clock;
    }

    static Timeline start(Clock clock) {
        Timeline timeline = new Timeline(clock);
        timeline.thread.setDaemon(true);
        timeline.thread.start();
        return timeline;
    }

    Instant now() {
        return clock.instant();
    }

    /** Runs {@code step} at {@code due} or as soon as possible after, steps of one moment in the order they were given. */
    synchronized void at(Instant due, Runnable step) {
        entries.add(new Entry(due, nextNumber++, step));
        notifyAll();
    }

    /** Runs {@code work} now, alone with the stacks. */
    synchronized <T> T alone(Supplier<T> work) {
        return work.get();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }

    private synchronized void run() {
        try {
            while (!closed) {
                Entry next = entries.peek();
                if (next == null) {
                    wait();
                } else if (next.due().isAfter(now())) {
                    wait(LOOK.toMillis());
                } else {
                    entries.poll();
                    step(next.step());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void step(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            // The last line of defence: without it one bad step would stop every stack for good.
            LOG.error("A step of the stand-in's stacks failed; its stack stays as it is", e);
        }
    }

    private record Entry(Instant due, long number, Runnable step) {}
}
