package dev.rowhouse.onboarding.loop;

import dev.rowhouse.onboarding.lifecycle.Fact;

/** Where a step tells what it found. Thread-safe. */
public interface Reporter {

    /** Tells a fact. Ignored when the step is no longer wanted. */
    void report(Fact fact);

    /** False once this step has ended or another process owns it; work for it may then be dropped. */
    boolean wanted();

    /** Has something done as soon as the step is no longer wanted; at once when it is not now. Must not block. */
    void whenUnwanted(Runnable release);
}
