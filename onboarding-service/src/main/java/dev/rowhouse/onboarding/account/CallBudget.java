package dev.rowhouse.onboarding.account;

import dev.rowhouse.onboarding.lifecycle.PassingFaultException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many calls a second each account bears from us, per region: its control plane is shared with the builder's own
 * tools. A token bucket each; being throttled halves that one's rate, which then recovers over two minutes.
 *
 * <p>Nobody ever waits in here: who gets no token learns when to come back, and those who are sent away are told
 * different times, so that a thousand of them do not come back at once. Thread-safe.
 */
public final class CallBudget {

    private static final double SLOWEST = 0.1;
    private static final Duration RECOVERY = Duration.ofMinutes(2);
    private static final Duration SAME_THROTTLE = Duration.ofSeconds(1);

    private final double rate;
    private final double burst;
    private final Clock clock;
    private final Map<Place, Bucket> buckets = new ConcurrentHashMap<>();

    private record Place(String accountId, String region) {}

    /**
     * @param rate calls a second, for one account and region
     * @param burst calls at once after a pause, at least 1
     */
    public CallBudget(double rate, int burst, Clock clock) {
        if (rate < SLOWEST || burst < 1) {
            throw new IllegalArgumentException("a rate of at least " + SLOWEST
                    + " and a burst of at least 1 are needed, not " + rate + " and " + burst);
        }
        this.rate = rate;
        this.burst = burst;
        this.clock = clock;
    }

    /** @throws PassingFaultException when there is no token left, saying when to try again */
    public void take(AccountAccess access) {
        Duration wait = bucket(access).take(clock.instant());
        if (!wait.isZero()) {
            throw new PassingFaultException(
                    "the calls to account " + access.accountId() + " in " + access.region() + " are used up for now",
                    null,
                    wait);
        }
    }

    /** The account said that it is too much. */
    public void throttled(AccountAccess access) {
        bucket(access).throttled(clock.instant());
    }

    private Bucket bucket(AccountAccess access) {
        Place place = new Place(access.accountId(), access.region());
        return buckets.computeIfAbsent(place, missing -> new Bucket(clock.instant()));
    }

    private final class Bucket {

        private double tokens = burst;
        private Instant filledAt;
        private double reducedRate = rate;
        private Instant reducedAt = Instant.EPOCH;
        private Instant lastPromise = Instant.EPOCH;

        Bucket(Instant now) {
            this.filledAt = now;
        }

        synchronized Duration take(Instant now) {
            fill(now);
            if (tokens >= 1) {
                tokens--;
                return Duration.ZERO;
            }
            Duration perCall = Duration.ofNanos((long) (1e9 / rateAt(now)));
            Instant earliest = now.plusNanos((long) (1e9 * (1 - tokens) / rateAt(now)));
            Instant next = lastPromise.plus(perCall);
            lastPromise = next.isAfter(earliest) ? next : earliest;
            return Duration.between(now, lastPromise);
        }

        synchronized void throttled(Instant now) {
            // Calls that were under way together are throttled together: that is one message, not many.
            if (now.isAfter(reducedAt.plus(SAME_THROTTLE))) {
                reducedRate = Math.max(SLOWEST, rateAt(now) / 2);
                reducedAt = now;
            }
            tokens = 0;
            filledAt = now;
        }

        private void fill(Instant now) {
            // A clock that was set back fills nothing and, from then on, counts from where it stands.
            double seconds = Math.max(0, Duration.between(filledAt, now).toNanos() / 1e9);
            tokens = Math.min(burst, tokens + seconds * rateAt(now));
            filledAt = now;
        }

        private double rateAt(Instant now) {
            Duration since = Duration.between(reducedAt, now);
            if (since.compareTo(RECOVERY) >= 0 || since.isNegative()) {
                return rate;
            }
            return Math.min(rate, reducedRate + (rate - reducedRate) * since.toNanos() / RECOVERY.toNanos());
        }
    }
}
