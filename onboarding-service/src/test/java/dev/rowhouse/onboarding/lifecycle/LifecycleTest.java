package dev.rowhouse.onboarding.lifecycle;

import static dev.rowhouse.schema.OnboardingStatus.ALL_COMPLETED;
import static dev.rowhouse.schema.OnboardingStatus.ERROR;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_COMPLETED;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_DB_READY;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_IN_PROGRESS;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_DB_IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import dev.rowhouse.schema.OnboardingStatus;
import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantCreated;
import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.TenantStatusChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final TenantId TENANT = new TenantId("acme");

    private final List<TenantStatusChanged> events = new ArrayList<>();
    private Onboarding state;

    @Test
    void passesTheStatusesInOrderOnceEach() {
        signal(created("crm"));
        tell(new Fact.SettingsPinned(new Pins(7, "nonce", "k1")));
        tell(new Fact.StackAccepted("arn:stack"));
        tell(new Fact.DatabaseReady());
        tell(new Fact.StackCompleted());
        tell(new Fact.ScriptStarted());
        tell(new Fact.ScriptCompleted());

        assertThat(statuses())
                .containsExactly(
                        SETUP_CFN_IN_PROGRESS,
                        SETUP_CFN_DB_READY,
                        SETUP_CFN_COMPLETED,
                        SETUP_DB_IN_PROGRESS,
                        ALL_COMPLETED);
        assertThat(events).extracting(TenantStatusChanged::sequence).containsExactly(1, 2, 3, 4, 5);
        assertThat(events)
                .extracting(TenantStatusChanged::previousStatus)
                .containsExactly(
                        null, SETUP_CFN_IN_PROGRESS, SETUP_CFN_DB_READY, SETUP_CFN_COMPLETED, SETUP_DB_IN_PROGRESS);
    }

    @Test
    void skipsNoStatusWhenTheStepsSkipTheirNotices() {
        atStep(Step.WATCH_STACK);
        tell(new Fact.StackCompleted());
        tell(new Fact.ScriptCompleted());

        assertThat(statuses())
                .containsExactly(
                        SETUP_CFN_IN_PROGRESS,
                        SETUP_CFN_DB_READY,
                        SETUP_CFN_COMPLETED,
                        SETUP_DB_IN_PROGRESS,
                        ALL_COMPLETED);
    }

    @Test
    void aNoticeToldTwiceChangesNothing() {
        atStep(Step.WATCH_STACK);
        tell(new Fact.DatabaseReady());
        Signal again = new Signal.Reported(TENANT, 1, state.stepRun().number(), new Fact.DatabaseReady());

        assertThat(again.decide(state, NOW)).isEqualTo(Decision.NOTHING);
        assertThat(statuses()).containsExactly(SETUP_CFN_IN_PROGRESS, SETUP_CFN_DB_READY);
    }

    @Test
    void whatAnEarlierStepTellsLateIsIgnored() {
        atStep(Step.WATCH_STACK);
        Onboarding before = state;
        signal(new Signal.Reported(TENANT, 1, 2, new Fact.StepFailed(failure())));

        assertThat(state).isEqualTo(before);
    }

    @Test
    void whatAnotherAttemptTellsIsIgnored() {
        atStep(Step.WATCH_STACK);
        Onboarding before = state;
        signal(new Signal.Reported(TENANT, 2, before.stepRun().number(), new Fact.StackCompleted()));

        assertThat(state).isEqualTo(before);
    }

    @Test
    void whatIsToldOfAnUnknownTenantIsIgnored() {
        signal(new Signal.Reported(TENANT, 1, 1, new Fact.StackCompleted()));

        assertThat(state).isNull();
    }

    @Test
    void theSameTenantAgainChangesNothing() {
        signal(created("crm"));
        Decision again = created("crm").decide(state, NOW);

        assertThat(again).isEqualTo(Decision.NOTHING);
    }

    @Test
    void theSameTenantUnderAnotherSaasIsAConflict() {
        signal(created("crm"));
        Decision conflict = created("erp").decide(state, NOW);

        assertThat(conflict.next()).isNull();
        assertThat(conflict.events()).isEmpty();
        assertThat(conflict.conflict()).contains("acme", "crm", "erp");
    }

    @Test
    void aCompletedTenantIsStillKnownUnderItsSaas() {
        completed();

        assertThat(created("crm").decide(state, NOW)).isEqualTo(Decision.NOTHING);
        assertThat(created("erp").decide(state, NOW).conflict()).isNotNull();
    }

    @Test
    void aCompletedTenantIsRememberedByItsIdsAlone() {
        completed();

        assertThat(state)
                .isEqualTo(new Onboarding(
                        new Tenant(TENANT, new SaasId("crm"), null, null),
                        1,
                        5,
                        ALL_COMPLETED,
                        null,
                        null,
                        "arn:stack",
                        null));
    }

    @Test
    void anErrorMayFollowEveryStatusButTheLast() {
        for (Step step : Step.values()) {
            state = null;
            atStep(step);
            tell(new Fact.StepFailed(failure()));

            assertThat(state.status()).isEqualTo(ERROR);
            assertThat(state.failure()).isEqualTo(failure());
            assertThat(state.stepRun().step()).isEqualTo(step);
            assertThat(state.isRunning()).isFalse();
        }
    }

    @Test
    void nothingFollowsAnError() {
        atStep(Step.RUN_SQL);
        int number = state.stepRun().number();
        tell(new Fact.StepFailed(failure()));
        int known = events.size();
        signal(new Signal.Reported(TENANT, 1, number, new Fact.ScriptCompleted()));

        assertThat(events).hasSize(known);
    }

    @Test
    void aFactOfAnotherStepIsRefused() {
        Map<Step, List<Fact>> own = Map.of(
                Step.PIN_SETTINGS, List.of(new Fact.SettingsPinned(new Pins(1, "n", "k"))),
                Step.CREATE_STACK, List.of(new Fact.StackAccepted("arn")),
                Step.WATCH_STACK, List.of(new Fact.DatabaseReady(), new Fact.StackCompleted()),
                Step.RUN_SQL, List.of(new Fact.ScriptStarted(), new Fact.ScriptCompleted()));
        for (Step at : Step.values()) {
            own.forEach((step, facts) -> {
                if (step != at) {
                    state = null;
                    atStep(at);
                    for (Fact fact : facts) {
                        assertThatThrownBy(() -> tell(fact))
                                .as("%s in %s", fact, at)
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("acme");
                    }
                }
            });
        }
    }

    private void completed() {
        atStep(Step.RUN_SQL);
        tell(new Fact.ScriptCompleted());
    }

    private void atStep(Step step) {
        signal(created("crm"));
        if (step.compareTo(Step.PIN_SETTINGS) > 0) {
            tell(new Fact.SettingsPinned(new Pins(7, "nonce", "k1")));
        }
        if (step.compareTo(Step.CREATE_STACK) > 0) {
            tell(new Fact.StackAccepted("arn:stack"));
        }
        if (step.compareTo(Step.WATCH_STACK) > 0) {
            tell(new Fact.StackCompleted());
        }
        assertThat(state.stepRun().step()).isEqualTo(step);
    }

    private void tell(Fact fact) {
        signal(new Signal.Reported(
                TENANT,
                state.attempt(),
                state.stepRun() == null ? 0 : state.stepRun().number(),
                fact));
    }

    private void signal(Signal signal) {
        Decision decision = signal.decide(state, NOW);
        events.addAll(decision.events());
        if (decision.next() != null) {
            state = decision.next();
        }
    }

    private List<OnboardingStatus> statuses() {
        return events.stream().map(TenantStatusChanged::tenantOnboardingStatus).toList();
    }

    private static Signal.Created created(String saas) {
        return new Signal.Created(new TenantCreated(TENANT, "Acme", new SaasId(saas), Map.of("plan", "gold"), NOW));
    }

    private static Failure failure() {
        return new Failure(FailureCode.STACK_FAILED, "watch_stack", "it failed", true, Map.of());
    }
}
