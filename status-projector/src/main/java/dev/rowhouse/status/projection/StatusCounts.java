package dev.rowhouse.status.projection;

import dev.rowhouse.schema.OnboardingStatus;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many tenants of a SaaS stand at each status, within one partition: the sum over all partitions is the whole.
 *
 * @param byStatus statuses without tenants are left out
 */
public record StatusCounts(Map<OnboardingStatus, Long> byStatus) {

    /** Of a SaaS without tenants. */
    public static final StatusCounts NONE = new StatusCounts(Map.of());

    public StatusCounts {
        Map<OnboardingStatus, Long> copy = new EnumMap<>(OnboardingStatus.class);
        copy.putAll(byStatus);
        byStatus = Collections.unmodifiableMap(copy);
    }

    /** The counts of two partitions together. */
    public StatusCounts plus(StatusCounts other) {
        Map<OnboardingStatus, Long> sum = copy();
        other.byStatus.forEach((status, count) -> sum.merge(status, count, Long::sum));
        return new StatusCounts(sum);
    }

    StatusCounts with(OnboardingStatus status) {
        Map<OnboardingStatus, Long> next = copy();
        next.merge(status, 1L, Long::sum);
        return new StatusCounts(next);
    }

    StatusCounts without(OnboardingStatus status) {
        Map<OnboardingStatus, Long> next = copy();
        next.computeIfPresent(status, (same, count) -> count > 1 ? count - 1 : null);
        return new StatusCounts(next);
    }

    private Map<OnboardingStatus, Long> copy() {
        Map<OnboardingStatus, Long> copy = new EnumMap<>(OnboardingStatus.class);
        copy.putAll(byStatus);
        return copy;
    }
}
