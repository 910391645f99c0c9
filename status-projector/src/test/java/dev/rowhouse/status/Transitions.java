package dev.rowhouse.status;

import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import dev.rowhouse.schema.OnboardingStatus;
import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.TenantStatusChanged;
import java.time.Instant;
import java.util.Map;

/** Transitions as the onboarding service writes them; the n-th occurs n seconds after 1970 began. */
public final class Transitions {

    private Transitions() {}

    public static TenantStatusChanged of(String tenant, int sequence, OnboardingStatus status) {
        return of(tenant, "crm", sequence, status);
    }

    public static TenantStatusChanged of(String tenant, String saas, int sequence, OnboardingStatus status) {
        return of(tenant, saas, sequence, 1, status);
    }

    public static TenantStatusChanged ofAttempt(int attempt, String tenant, int sequence, OnboardingStatus status) {
        return of(tenant, "crm", sequence, attempt, status);
    }

    private static TenantStatusChanged of(
            String tenant, String saas, int sequence, int attempt, OnboardingStatus status) {
        return new TenantStatusChanged(
                new TenantId(tenant),
                new SaasId(saas),
                "The " + tenant + " company",
                Map.of("plan", "gold"),
                status,
                null,
                sequence,
                attempt,
                Instant.EPOCH.plusSeconds(sequence),
                null,
                status == OnboardingStatus.ERROR
                        ? new Failure(FailureCode.STACK_FAILED, "watch_stack", "it failed", true, Map.of())
                        : null);
    }
}
