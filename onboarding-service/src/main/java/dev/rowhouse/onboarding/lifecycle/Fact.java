package dev.rowhouse.onboarding.lifecycle;

import static dev.rowhouse.schema.OnboardingStatus.ALL_COMPLETED;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_COMPLETED;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_DB_READY;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_DB_IN_PROGRESS;

import dev.rowhouse.schema.Failure;
import java.time.Instant;

/** What a step tells. A fact told a second time, or out of place, changes nothing. */
public sealed interface Fact {

    /** What follows, given that the step that tells it is the current one. Pure. */
    Decision decide(Onboarding current, Instant now);

    /** The settings to use are known. */
    record SettingsPinned(Pins pins) implements Fact {
        @Override
        public Decision decide(Onboarding current, Instant now) {
            return Advance.of(current, now)
                    .during(Step.PIN_SETTINGS)
                    .pin(pins)
                    .step(Step.CREATE_STACK)
                    .decision();
        }
    }

    /** CloudFormation accepted the stack; from here on it is named by its id. */
    record StackAccepted(String stackId) implements Fact {
        @Override
        public Decision decide(Onboarding current, Instant now) {
            return Advance.of(current, now)
                    .during(Step.CREATE_STACK)
                    .stack(stackId)
                    .step(Step.WATCH_STACK)
                    .decision();
        }
    }

    /** Every database of the stack is complete. */
    record DatabaseReady() implements Fact {
        @Override
        public Decision decide(Onboarding current, Instant now) {
            return Advance.of(current, now)
                    .during(Step.WATCH_STACK)
                    .passing(SETUP_CFN_DB_READY)
                    .decision();
        }
    }

    /** The stack is complete and its Outputs satisfy the contract. */
    record StackCompleted() implements Fact {
        @Override
        public Decision decide(Onboarding current, Instant now) {
            return Advance.of(current, now)
                    .during(Step.WATCH_STACK)
                    .passing(SETUP_CFN_DB_READY)
                    .passing(SETUP_CFN_COMPLETED)
                    .step(Step.RUN_SQL)
                    .decision();
        }
    }

    /** The database answered and the script runs. */
    record ScriptStarted() implements Fact {
        @Override
        public Decision decide(Onboarding current, Instant now) {
            return Advance.of(current, now)
                    .during(Step.RUN_SQL)
                    .passing(SETUP_DB_IN_PROGRESS)
                    .decision();
        }
    }

    /** The script's last statement is recorded. */
    record ScriptCompleted() implements Fact {
        @Override
        public Decision decide(Onboarding current, Instant now) {
            return Advance.of(current, now)
                    .during(Step.RUN_SQL)
                    .passing(SETUP_DB_IN_PROGRESS)
                    .passing(ALL_COMPLETED)
                    .decision();
        }
    }

    /** The step ended in a way that trying again cannot mend. */
    record StepFailed(Failure failure) implements Fact {
        @Override
        public Decision decide(Onboarding current, Instant now) {
            return Advance.of(current, now).fail(failure).decision();
        }
    }
}
