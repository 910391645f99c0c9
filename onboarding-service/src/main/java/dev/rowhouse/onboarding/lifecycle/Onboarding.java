package dev.rowhouse.onboarding.lifecycle;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.OnboardingStatus;

/**
 * The state of one tenant's onboarding: what the journal keeps and what decisions are made from.
 *
 * <pre>
 *  status                   step            left by
 *  setup_cfn_in_progress    PIN_SETTINGS    SettingsPinned
 *                           CREATE_STACK    StackAccepted
 *                           WATCH_STACK     DatabaseReady
 *  setup_cfn_db_ready       WATCH_STACK     StackCompleted
 *  setup_cfn_completed      RUN_SQL         ScriptStarted
 *  setup_db_in_progress     RUN_SQL         ScriptCompleted
 *  all_completed            none
 *  error                    the one that failed; from any but all_completed, by StepFailed
 * </pre>
 *
 * @param tenant whom it is for
 * @param attempt 1, 2, …
 * @param sequence of the latest transition, from 1
 * @param status where it stands
 * @param stepRun the step being carried out, or that failed; null once completed
 * @param pins what the attempt holds fast; null before the settings are pinned and once completed
 * @param stackId the stack's id; null before CloudFormation accepted it
 * @param failure null unless the status is {@code error}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Onboarding(
        Tenant tenant,
        int attempt,
        int sequence,
        OnboardingStatus status,
        StepRun stepRun,
        Pins pins,
        String stackId,
        Failure failure) {

    /** Whether a step is to be carried out. */
    @JsonIgnore
    public boolean isRunning() {
        return !status.isFinal();
    }

    /** Whether {@code other} carries out the same step as this. */
    public boolean sameStepAs(Onboarding other) {
        return other != null
                && isRunning()
                && other.isRunning()
                && attempt == other.attempt
                && stepRun.number() == other.stepRun.number();
    }
}
