package dev.rowhouse.onboarding.stack;

import dev.rowhouse.onboarding.account.AccountAccess;
import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.onboarding.lifecycle.PassingFaultException;
import dev.rowhouse.onboarding.lifecycle.StepRun;

/**
 * The stacks of tenants, in their builders' accounts. Every call may be repeated, by two owners at once if need be.
 *
 * <p>A call that cannot be made just now throws {@link PassingFaultException}, often with the time to try again; one that
 * will never work throws {@link FailureException}. Thread-safe.
 */
public interface TenantStacks {

    /**
     * Has the stack created, or finds that it was already. Harmless to repeat: the name is the tenant's alone, and a stack
     * of that name is taken on only if its tags are the order's.
     *
     * @return the stack's id, by which it is named from now on
     */
    String create(StackOrder order);

    /**
     * Follows a stack to its end, and returns at once. The listener hears from any thread. Reads only, so that any number
     * may follow the same stack; who is not wanted any more is forgotten.
     */
    void watch(StackWatch watch, StackListener listener);

    /**
     * What a complete stack says of itself.
     *
     * @param step that asks
     */
    StackOutputs outputs(AccountAccess access, String stackId, StepRun step);

    /** Protects a finished stack from deletion by mistake; best effort: what prevents it is logged. */
    void protect(AccountAccess access, String stackId, StepRun step);
}
