package dev.rowhouse.schema;

import java.time.Instant;
import java.util.Map;

/**
 * One transition of a tenant's onboarding. Topic {@link Topics#TENANT_STATUS_CHANGED}.
 *
 * @param tenantId the tenant
 * @param saasId its SaaS
 * @param tenantName its name
 * @param attributes as {@code tenant-created} gave them
 * @param tenantOnboardingStatus the status entered
 * @param previousStatus the status left; null at a tenant's first
 * @param sequence 1, 2, … per tenant without gaps: what to order and to remove duplicates by
 * @param attempt 1, 2, …
 * @param occurredAt when
 * @param stackId the CloudFormation stack's id; null before it exists
 * @param failure null unless the status is {@code error}
 */
public record TenantStatusChanged(
        TenantId tenantId,
        SaasId saasId,
        String tenantName,
        Map<String, Object> attributes,
        OnboardingStatus tenantOnboardingStatus,
        OnboardingStatus previousStatus,
        int sequence,
        int attempt,
        Instant occurredAt,
        String stackId,
        Failure failure) {

    public TenantStatusChanged {
        Checks.tenant(tenantId);
        Checks.present("saas_id", saasId);
        Checks.text("tenant_name", Checks.present("tenant_name", tenantName));
        attributes = JsonValues.copyOf("attributes", attributes, text -> Checks.text("attributes", text));
        Checks.present("tenant_onboarding_status", tenantOnboardingStatus);
        Checks.fromOne("sequence", sequence);
        Checks.fromOne("attempt", attempt);
        Checks.present("occurred_at", occurredAt);
        Checks.failureBelongsTo(tenantOnboardingStatus, failure);
    }
}
