package dev.rowhouse.schema;

import java.time.Instant;

/**
 * How far a tenant's SQL script has come: statement k of n. Topic {@link Topics#ONBOARDING_PROGRESS}.
 *
 * <p>Best effort: at most one a second, some may be missing, and one from a process that lost the tenant may come late. So
 * what says less than is known already counts for nothing: an earlier attempt, or an earlier statement of the same.
 *
 * @param tenantId the tenant
 * @param attempt the attempt that runs the script, from 1
 * @param statement the furthest the script came in this attempt, from 1; a failure names its own statement
 * @param statements how many the script has
 * @param occurredAt when it was seen there
 */
public record OnboardingProgress(TenantId tenantId, int attempt, int statement, int statements, Instant occurredAt) {

    public OnboardingProgress {
        Checks.tenant(tenantId);
        Checks.fromOne("attempt", attempt);
        Checks.statementOf(statement, statements);
        Checks.present("occurred_at", occurredAt);
    }
}
