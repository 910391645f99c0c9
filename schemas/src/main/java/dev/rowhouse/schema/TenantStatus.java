package dev.rowhouse.schema;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A tenant's row in the status table. Topic {@link Topics#TENANT_STATUS}.
 *
 * @param tenantId the tenant
 * @param tenantName its name
 * @param saasId its SaaS
 * @param attributes as {@code tenant-created} gave them
 * @param tenantOnboardingStatus the current status
 * @param attempt the current attempt, from 1
 * @param sequence of the transition that led here
 * @param updatedAt when that transition occurred
 * @param stackId the CloudFormation stack's id; null before it exists
 * @param failure null unless the status is {@code error}
 * @param history every transition, oldest first
 */
public record TenantStatus(
        TenantId tenantId,
        String tenantName,
        SaasId saasId,
        Map<String, Object> attributes,
        OnboardingStatus tenantOnboardingStatus,
        int attempt,
        int sequence,
        Instant updatedAt,
        String stackId,
        Failure failure,
        List<Transition> history) {

    public TenantStatus {
        attributes = JsonValues.copyOf(attributes);
        history = history == null ? List.of() : List.copyOf(history);
    }

    /**
     * One line of the history.
     *
     * @param status the status entered
     * @param attempt in which attempt
     * @param at when
     */
    public record Transition(OnboardingStatus status, int attempt, Instant at) {}
}
