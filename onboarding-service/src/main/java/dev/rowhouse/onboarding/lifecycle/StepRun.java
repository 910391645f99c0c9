package dev.rowhouse.onboarding.lifecycle;

import java.time.Instant;

/**
 * A step being carried out, or the one that failed.
 *
 * @param step which
 * @param number counts the steps of a tenant over all attempts, from 1; what a step reports carries it, so that a late
 *     report of an earlier step is told from the current one's
 * @param since when it was entered
 */
public record StepRun(Step step, int number, Instant since) {

    StepRun then(Step next, Instant now) {
        return new StepRun(next, number + 1, now);
    }
}
