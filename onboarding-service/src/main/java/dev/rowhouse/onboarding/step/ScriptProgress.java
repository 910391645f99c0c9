package dev.rowhouse.onboarding.step;

import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.onboarding.progress.SqlProgress;
import dev.rowhouse.sql.RunState;

/**
 * Makes progress of what one run says of itself, where it says something new. For one look at a time.
 *
 * <p>A run counts what is recorded, people count what is under way: while none of 20 is recorded, it is at statement 1 of 20.
 */
final class ScriptProgress {

    private final Onboarding onboarding;
    private final SqlProgress progress;
    private int statement;
    private int statements;

    ScriptProgress(Onboarding onboarding, SqlProgress progress) {
        this.onboarding = onboarding;
        this.progress = progress;
    }

    void saw(RunState state) {
        if (state instanceof RunState.Running running) {
            reached(Math.min(running.done() + 1, running.total()), running.total());
        } else if (state instanceof RunState.Done done) {
            reached(done.total(), done.total());
        } else if (state instanceof RunState.Failed failed
                && failed.details().get("statement_index") instanceof Integer index) {
            // Of a run that failed between two looks nothing but this tells how many there are.
            reached(index, failed.details().get("statements") instanceof Integer total ? total : statements);
        }
    }

    private void reached(int reached, int of) {
        // A script without statements has no progress, and one that is rolled back does not count down.
        if (reached > statement && reached <= of) {
            statement = reached;
            statements = of;
            progress.tell(onboarding.tenant().id(), onboarding.attempt(), statement, statements);
        }
    }
}
