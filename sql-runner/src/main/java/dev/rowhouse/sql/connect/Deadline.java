package dev.rowhouse.sql.connect;

import java.time.Duration;

/**
 * A moment by the monotonic clock, since a wall clock that is set neither cuts a run short nor prolongs it.
 *
 * @param nanoTime as {@link System#nanoTime} will tell it
 */
public record Deadline(long nanoTime) {

    public static Deadline in(Duration time) {
        // A century is for ever, and does not overflow.
        long nanos = time.compareTo(Duration.ofDays(36_500)) > 0
                ? Duration.ofDays(36_500).toNanos()
                : time.toNanos();
        return new Deadline(System.nanoTime() + nanos);
    }

    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    public boolean passed() {
        return nanoTime - System.nanoTime() <= 0;
    }

    public Deadline orEarlier(Deadline other) {
        return other.nanoTime - nanoTime < 0 ? other : this;
    }
}
