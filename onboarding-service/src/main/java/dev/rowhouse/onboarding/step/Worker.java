package dev.rowhouse.onboarding.step;

import dev.rowhouse.onboarding.lifecycle.Fact;
import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.onboarding.lifecycle.PassingFaultException;
import dev.rowhouse.onboarding.loop.Reporter;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the work of steps on a bounded pool. A passing fault is tried again after a while, and that while is an entry in a
 * timer: ten thousand onboardings that wait take no thread. Thread-safe.
 */
final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ExecutorService pool;
    private final ScheduledThreadPoolExecutor timer;

    /** A piece of work that reports by itself. */
    interface Work {
        void run();
    }

    Worker(int threads) {
        this.pool = Executors.newFixedThreadPool(threads, threads("step"));
        this.timer = new ScheduledThreadPoolExecutor(1, threads("step-timer"));
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Runs work until it needs no further try, the step is no longer wanted, or the worker is closed. Whatever the work
     * throws becomes a report or another try: nothing ends without a word.
     */
    void start(Onboarding onboarding, Reporter reporter, Work work) {
        attempt(onboarding, reporter, work, 0);
    }

    /** Does something about a step that is still wanted after a while. Nothing is kept of one that ends before. */
    void deadline(Duration delay, Onboarding onboarding, Reporter reporter, Work work) {
        Future<?> entry = schedule(delay, () -> attempt(onboarding, reporter, work, 0));
        reporter.whenUnwanted(() -> entry.cancel(false));
    }

    private Future<?> schedule(Duration delay, Runnable work) {
        try {
            return timer.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            ending();
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Like {@link #start}, after a while, and also when the step is not wanted any more: the work has something to take back then. */
    void evenUnwanted(Duration delay, Onboarding onboarding, Reporter reporter, Work work) {
        schedule(delay, () -> execute(() -> guarded(onboarding, reporter, work, 0)));
    }

    private void attempt(Onboarding onboarding, Reporter reporter, Work work, int earlierTries) {
        execute(() -> {
            if (reporter.wanted()) {
                guarded(onboarding, reporter, work, earlierTries);
            }
        });
    }

    private void guarded(Onboarding onboarding, Reporter reporter, Work work, int earlierTries) {
        try {
            work.run();
        } catch (FailureException e) {
            reporter.report(new Fact.StepFailed(e.failure()));
        } catch (PassingFaultException e) {
            Duration pause = e.retryAfter().orElseGet(() -> pause(earlierTries));
            LOG.atInfo()
                    .addKeyValue("tenant", onboarding.tenant().id())
                    .addKeyValue("stage", onboarding.stepRun().step().wire())
                    .addKeyValue("attempt", onboarding.attempt())
                    .log("tried again in {} ms: {}", pause.toMillis(), e.getMessage());
            schedule(pause, () -> attempt(onboarding, reporter, work, earlierTries + 1));
        } catch (RuntimeException | Error e) {
            // A defect of ours ends this onboarding, visibly; on this pool it would vanish without a word.
            LOG.atError()
                    .addKeyValue("tenant", onboarding.tenant().id())
                    .addKeyValue("stage", onboarding.stepRun().step().wire())
                    .addKeyValue("attempt", onboarding.attempt())
                    .setCause(e)
                    .log("a step broke");
            reporter.report(new Fact.StepFailed(new Failure(
                    FailureCode.INTERNAL,
                    onboarding.stepRun().step().wire(),
                    "The step broke; the service's log says why",
                    true,
                    Map.of())));
        }
    }

    private void execute(Runnable work) {
        try {
            pool.execute(work);
        } catch (RejectedExecutionException e) {
            ending();
        }
    }

    /** Whoever owns the onboarding next starts the step anew. */
    private static void ending() {
        LOG.debug("not started, this process is ending");
    }

    /** Grows to the longest, with jitter, so that those who failed together do not all come back together. */
    private static Duration pause(int earlierTries) {
        long grown = FIRST_PAUSE.toMillis() << Math.min(earlierTries, 10);
        long longest = Math.min(LONGEST_PAUSE.toMillis(), grown);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** How many entries the timer has. */
    int waiting() {
        return timer.getQueue().size();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        pool.shutdownNow();
    }
}
