package dev.rowhouse.schema;

/**
 * The command to try an onboarding again. Topic {@link Topics#ONBOARDING_COMMANDS}.
 *
 * <p>Acts only when the tenant is in {@code error} at exactly {@code attempt}, so repeating it does nothing.
 *
 * @param tenantId the tenant
 * @param attempt the attempt that failed, from 1
 */
public record RetryOnboarding(TenantId tenantId, int attempt) {

    public RetryOnboarding {
        Checks.tenant(tenantId);
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be 1 or more: give the attempt that failed");
        }
    }
}
