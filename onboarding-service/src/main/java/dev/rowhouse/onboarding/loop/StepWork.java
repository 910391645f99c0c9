package dev.rowhouse.onboarding.loop;

import dev.rowhouse.onboarding.lifecycle.Onboarding;

/**
 * Carries out a step. It may be started more than once for the same onboarding, by different processes, even at once: after a
 * crash or a rebalance the new owner cannot know how far the old one came.
 */
public interface StepWork {

    /**
     * Starts the onboarding's current step and returns at once: the caller is the loop, which must never wait. Facts are
     * reported from any thread.
     */
    void start(Onboarding onboarding, Reporter reporter);
}
