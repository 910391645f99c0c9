package dev.rowhouse.onboarding.stack;

import dev.rowhouse.onboarding.account.AccountAccess;
import dev.rowhouse.onboarding.lifecycle.StepRun;
import java.util.function.BooleanSupplier;

/**
 * Which stack to follow.
 *
 * @param access the way into its account
 * @param stackId its id, never its name: a name may pass to a successor
 * @param databases what to expect of it
 * @param template equal for equal templates, for example a hash: stacks of one template take about the same time
 * @param step that follows it; its begin is taken for the stack's
 * @param wanted whether anybody still listens
 */
public record StackWatch(
        AccountAccess access,
        String stackId,
        ExpectedDatabases databases,
        String template,
        StepRun step,
        BooleanSupplier wanted) {}
