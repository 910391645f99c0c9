package dev.rowhouse.onboarding.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often stacks are looked at. A stack that lately took its template eight minutes is hardly looked at in the first
 * seven; where nothing is known, the gaps grow with its age.
 *
 * @param shortest gap between two looks
 * @param longest gap between two looks, so that an early failure is noticed
 * @param firstDatabases age at which databases are first looked for, where nothing is known
 * @param gone how long a stack may be unknown to AWS before it counts as gone: reads lag writes
 */
public record WatchPace(Duration shortest, Duration longest, Duration firstDatabases, Duration gone) {

    /** For AWS. */
    public static final WatchPace PRODUCTION =
            new WatchPace(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(2));

    /** For a stand-in whose stacks take seconds. */
    public static final WatchPace QUICK =
            new WatchPace(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofMinutes(2));

    /** The share of its age that a stack is left alone for. */
    private static final int GROWTH = 12;

    /** How much earlier than usual we begin to look closely. */
    private static final double EARLY = 0.9;

    Instant nextLook(Instant begun, Instant now, Optional<Duration> usual) {
        Duration age = Duration.between(begun, now);
        Duration untilClose = usual.map(duration -> scaled(duration, EARLY).minus(age))
                .filter(left -> left.compareTo(shortest) > 0)
                .orElse(age.dividedBy(GROWTH));
        return now.plus(min(longest, max(shortest, untilClose)));
    }

    Instant firstDatabaseLook(Instant begun, Optional<Duration> usual) {
        return begun.plus(usual.orElse(firstDatabases));
    }

    Instant nextDatabaseLook(Instant begun, Instant now) {
        Duration age = Duration.between(begun, now);
        return now.plus(min(longest, max(shortest.multipliedBy(2), age.dividedBy(GROWTH))));
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofMillis((long) (duration.toMillis() * factor));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
