package dev.rowhouse.onboarding.step;

import dev.rowhouse.onboarding.lifecycle.Fact;
import dev.rowhouse.onboarding.lifecycle.Onboarding;

/** A step that is one piece of work: it asks somebody, and has its answer. */
interface BlockingStep {

    /**
     * The work, whole. Harmless to repeat.
     *
     * @return the fact that ends the step
     * @throws dev.rowhouse.onboarding.lifecycle.PassingFaultException when it is worth trying again
     * @throws dev.rowhouse.onboarding.lifecycle.FailureException when it is not
     */
    Fact run(Onboarding onboarding);
}
