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
 * @param sqlProgress how far the current attempt's SQL script has come; null before it has told
 * @param history the transitions, oldest first; the latest {@value #MAX_HISTORY} where there are more
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
        SqlProgress sqlProgress,
        List<Transition> history) {

    /** The longest history: far more than anyone retries, and small enough that a row always fits in a record. */
    public static final int MAX_HISTORY = 1000;

    public TenantStatus {
        Checks.tenant(tenantId);
        Checks.present("saas_id", saasId);
        Checks.text("tenant_name", Checks.present("tenant_name", tenantName));
        attributes = JsonValues.copyOf("attributes", attributes, text -> Checks.text("attributes", text));
        Checks.present("tenant_onboarding_status", tenantOnboardingStatus);
        Checks.fromOne("sequence", sequence);
        Checks.fromOne("attempt", attempt);
        Checks.present("updated_at", updatedAt);
        Checks.failureBelongsTo(tenantOnboardingStatus, failure);
        history = latest(history == null ? List.of() : history);
    }

    /** The same row, the script further on. */
    public TenantStatus withSqlProgress(SqlProgress progress) {
        return new TenantStatus(
                tenantId,
                tenantName,
                saasId,
                attributes,
                tenantOnboardingStatus,
                attempt,
                sequence,
                updatedAt,
                stackId,
                failure,
                progress,
                history);
    }

    private static List<Transition> latest(List<Transition> history) {
        return List.copyOf(history.subList(Math.max(0, history.size() - MAX_HISTORY), history.size()));
    }

    /**
     * How far the script has come. Best effort: while the script runs it may lag by seconds, and its last step may be missing.
     *
     * @param statement the furthest the script came in this attempt, from 1; a failure names its own statement
     * @param statements how many the script has
     * @param occurredAt when it was seen there
     */
    public record SqlProgress(int statement, int statements, Instant occurredAt) {

        public SqlProgress {
            Checks.statementOf(statement, statements);
            Checks.present("sql_progress.occurred_at", occurredAt);
        }
    }

    /**
     * One line of the history.
     *
     * @param status the status entered
     * @param attempt in which attempt
     * @param at when
     */
    public record Transition(OnboardingStatus status, int attempt, Instant at) {

        public Transition {
            Checks.present("history.status", status);
            Checks.fromOne("history.attempt", attempt);
            Checks.present("history.at", at);
        }
    }
}
