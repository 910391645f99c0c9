package dev.rowhouse.status.projection;

import dev.rowhouse.schema.OnboardingStatus;
import dev.rowhouse.schema.TenantStatus;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many tenants of a SaaS stand at each status, within one partition: the sum over all partitions is the whole.
 *
 * @param byStatus statuses without tenants are left out
 */
public record StatusCounts(Map<OnboardingStatus, Long> byStatus) {

    static final StatusCounts NONE = new StatusCounts(Map.of());

    public StatusCounts {
        Map<OnboardingStatus, Long> copy = new EnumMap<>(OnboardingStatus.class);
        copy.putAll(byStatus);
        byStatus = Collections.unmodifiableMap(copy);
    }

    /** @param before null for a new tenant */
    StatusCounts moved(TenantStatus before, TenantStatus after) {
        Map<OnboardingStatus, Long> next = new EnumMap<>(OnboardingStatus.class);
        next.putAll(byStatus);
        if (before != null) {
            next.computeIfPresent(before.tenantOnboardingStatus(), (status, count) -> count > 1 ? count - 1 : null);
        }
        next.merge(after.tenantOnboardingStatus(), 1L, Long::sum);
        return new StatusCounts(next);
    }
}
