package dev.rowhouse.service.kafka;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The end of somebody's patience. */
final class Deadline {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final long endNanos;

    Deadline(Duration patience) {
        this.endNanos = System.nanoTime() + patience.toNanos();
    }

    boolean isOver() {
        return System.nanoTime() - endNanos > 0;
    }

    /** A moment between two tries. */
    void pause() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    }
}
