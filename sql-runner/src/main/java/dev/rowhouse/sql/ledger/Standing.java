package dev.rowhouse.sql.ledger;

import java.util.Optional;

/**
 * What the ledger records of one script. Statements finish in order, so a count says which.
 *
 * @param statements how many the script had when it was begun; 0 where nothing is recorded
 * @param finished how many are finished
 * @param lastChecksum of the last finished one; empty where none is
 * @param started the one after them, if it was started and nothing is known of its end
 */
public record Standing(int statements, int finished, String lastChecksum, Optional<Started> started) {

    /** Nothing is recorded. */
    public static final Standing EMPTY = new Standing(0, 0, "", Optional.empty());

    /**
     * A statement whose end is not known.
     *
     * @param checksum of it
     * @param before what the thing it changes was like, as {@link ScriptDatabase#stateBefore} told; empty where that says nothing
     */
    public record Started(String checksum, Optional<String> before) {}

    public boolean isEmpty() {
        return statements == 0;
    }

    /** With one more row of the ledger, the last finished one or the one after it. */
    public Standing with(int statements, int index, Started row, boolean isFinished) {
        return isFinished
                ? new Standing(statements, index, row.checksum(), Optional.empty())
                : new Standing(statements, finished, lastChecksum, Optional.of(row));
    }

    /** The count that was recorded decides, and not what today's splitter counts. */
    public boolean complete() {
        return finished > 0 && finished == statements;
    }
}
