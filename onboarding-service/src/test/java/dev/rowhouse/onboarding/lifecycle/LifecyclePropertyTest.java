package dev.rowhouse.onboarding.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import dev.rowhouse.schema.Json;
import dev.rowhouse.schema.OnboardingStatus;
import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantCreated;
import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.TenantStatusChanged;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever arrives in whatever order, repeated or late, the statuses of a tenant are a legal story. */
class LifecyclePropertyTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final TenantId TENANT = new TenantId("acme");

    @Property
    void theStatusesAreALegalStory(@ForAll("signals") List<Signal> signals) throws IOException {
        Onboarding state = null;
        List<TenantStatusChanged> events = new ArrayList<>();
        for (Signal signal : signals) {
            Decision decision;
            try {
                decision = signal.decide(state, NOW);
            } catch (IllegalStateException refused) {
                continue;
            }
            events.addAll(decision.events());
            if (decision.next() != null) {
                state = replayed(decision.next());
            }
        }
        for (int i = 0; i < events.size(); i++) {
            TenantStatusChanged event = events.get(i);
            OnboardingStatus previous = i == 0 ? null : events.get(i - 1).tenantOnboardingStatus();
            assertThat(event.sequence()).isEqualTo(i + 1);
            assertThat(event.previousStatus()).isEqualTo(previous);
            assertThat(legal(previous, event.tenantOnboardingStatus()))
                    .as("%s after %s", event.tenantOnboardingStatus(), previous)
                    .isTrue();
        }
        if (state != null) {
            assertThat(state.sequence()).isEqualTo(events.size());
            assertThat(state.status()).isEqualTo(events.get(events.size() - 1).tenantOnboardingStatus());
        }
    }

    /** The state goes through the journal's form at every step, as it would if the process died after each. */
    private static Onboarding replayed(Onboarding state) throws IOException {
        Onboarding read = Json.mapper().readValue(Json.mapper().writeValueAsBytes(state), Onboarding.class);
        assertThat(read).isEqualTo(state);
        return read;
    }

    private static boolean legal(OnboardingStatus previous, OnboardingStatus status) {
        if (previous == null) {
            return status == OnboardingStatus.SETUP_CFN_IN_PROGRESS;
        }
        return !previous.isFinal() && (status == OnboardingStatus.ERROR || status.ordinal() == previous.ordinal() + 1);
    }

    @Provide
    Arbitrary<List<Signal>> signals() {
        Arbitrary<Fact> facts = Arbitraries.of(
                new Fact.SettingsPinned(new Pins(1, "nonce", "key")),
                new Fact.StackAccepted("arn:stack"),
                new Fact.DatabaseReady(),
                new Fact.StackCompleted(),
                new Fact.ScriptStarted(),
                new Fact.ScriptCompleted(),
                new Fact.StepFailed(new Failure(FailureCode.INTERNAL, "run_sql", "no", false, Map.of())));
        Arbitrary<Signal> reports = facts.flatMap(fact ->
                Arbitraries.integers().between(1, 4).map(number -> new Signal.Reported(TENANT, 1, number, fact)));
        Arbitrary<Signal> created = Arbitraries.of("crm", "erp")
                .map(saas -> new Signal.Created(
                        new TenantCreated(TENANT, "Acme", new SaasId(saas), Map.of("seats", 3), NOW)));
        return Arbitraries.frequencyOf(Tuple.of(1, created), Tuple.of(12, reports))
                .list()
                .ofMaxSize(60);
    }
}
