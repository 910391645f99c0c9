package dev.rowhouse.sql;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing waits, each shortened at random by up to a half, so that runs which failed together do not come back together. One
 * thread at a time.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final RandomGenerator random;
    private Duration next = FIRST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        Duration wait = next;
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return Duration.ofNanos((long) (wait.toNanos() * random.nextDouble(0.5, 1.0)));
    }
}
