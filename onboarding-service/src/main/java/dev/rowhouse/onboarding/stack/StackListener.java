package dev.rowhouse.onboarding.stack;

import dev.rowhouse.schema.Failure;

/** Hears how a stack comes along: each at most once, and in this order; one of the last two at the end. Must not block. */
public interface StackListener {

    /** Every database of the stack is complete. */
    void databaseReady();

    /** The stack is complete. */
    void completed(StackOutputs outputs);

    /** The stack will not be complete. */
    void failed(Failure failure);
}
