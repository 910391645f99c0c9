package dev.rowhouse.onboarding.stack;

import dev.rowhouse.schema.Failure;

/**
 * Hears how a stack comes along: that its databases are ready at most once, then that it is complete, or at any time that it has
 * failed; and in between whether it can be seen at all. Must not block.
 */
public interface StackListener {

    /** Every database of the stack is complete. */
    void databaseReady();

    /**
     * A look at the stack was refused, and is taken up again: it may be a passing thing, or the role may have been taken away.
     *
     * @param refusal what would be the reason, if nothing but refusals came until the deadline
     */
    void refused(Failure refusal);

    /** AWS told how the stack stands, which takes back what was {@link #refused}. */
    void seen();

    /** The stack is complete. */
    void completed(StackOutputs outputs);

    /** The stack will not be complete. */
    void failed(Failure failure);
}
