package dev.rowhouse.onboarding.step;

import dev.rowhouse.onboarding.lifecycle.Fact;
import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.onboarding.lifecycle.Step;
import dev.rowhouse.onboarding.lifecycle.StepRun;
import dev.rowhouse.onboarding.lifecycle.Tenant;
import dev.rowhouse.onboarding.loop.Reporter;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.OnboardingStatus;
import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a step told, and whether it is wanted. */
final class Reports implements Reporter {

    final List<Fact> facts = new CopyOnWriteArrayList<>();
    private final List<Runnable> releases = new CopyOnWriteArrayList<>();
    volatile boolean wanted = true;

    static Onboarding at(Step step, Instant since) {
        return new Onboarding(
                new Tenant(new TenantId("acme"), new SaasId("crm"), "Acme", Map.of()),
                1,
                1,
                OnboardingStatus.SETUP_CFN_IN_PROGRESS,
                new StepRun(step, 3, since),
                null,
                "arn:stack",
                null);
    }

    Failure failure() {
        return ((Fact.StepFailed) facts.get(0)).failure();
    }

    @Override
    public void report(Fact fact) {
        facts.add(fact);
    }

    @Override
    public boolean wanted() {
        return wanted;
    }

    @Override
    public void whenUnwanted(Runnable release) {
        releases.add(release);
    }

    void withdraw() {
        wanted = false;
        releases.forEach(Runnable::run);
    }
}
