package dev.rowhouse.sql.ledger;

/** What is known of a statement that commits by itself, was started, and of whose end nothing is recorded. */
public enum Repetition {
    DONE,
    /** Run again, it either does what it is to do, or fails by an error that says that it is done. */
    TO_BE_RUN,
    /** To run it again might do it twice, or take it back. */
    CANNOT_BE_TOLD
}
