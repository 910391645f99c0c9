package dev.rowhouse.onboarding.step;

import dev.rowhouse.onboarding.lifecycle.Fact;
import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.onboarding.lifecycle.Tenant;
import dev.rowhouse.onboarding.stack.StackName;
import dev.rowhouse.onboarding.stack.StackOrder;
import dev.rowhouse.onboarding.stack.StackTags;
import dev.rowhouse.onboarding.stack.TenantStacks;
import java.time.Duration;

/** Orders the stack. Harmless to repeat: its name is the tenant's alone, and a stack of our very tags is taken on. */
final class CreateStack implements BlockingStep {

    private final String deployment;
    private final TenantPlans plans;
    private final TenantStacks stacks;
    private final Duration timeout;

    CreateStack(String deployment, TenantPlans plans, TenantStacks stacks, Duration timeout) {
        this.deployment = deployment;
        this.plans = plans;
        this.stacks = stacks;
        this.timeout = timeout;
    }

    @Override
    public Fact run(Onboarding onboarding) {
        TenantPlan plan = plans.of(onboarding);
        Tenant tenant = onboarding.tenant();
        return new Fact.StackAccepted(stacks.create(new StackOrder(
                plan.access(),
                StackName.of(deployment, tenant.id()),
                new StackTags(deployment, tenant.saasId(), tenant.id(), onboarding.attempt()),
                plan.templateText(),
                plan.parameters(),
                plan.settings().role().capabilities(),
                plan.settings().role().cloudformationRoleArn(),
                timeout,
                onboarding.stepRun())));
    }
}
