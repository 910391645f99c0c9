package dev.rowhouse.sql;

import java.util.Map;

/** How far a run has come. */
public sealed interface RunState {

    /** Waiting for a place, or trying to reach the database: nothing has been run. */
    record Connecting() implements RunState {}

    /**
     * The database answered.
     *
     * @param done statements run so far; those whose transaction is still open may yet be run again
     * @param total statements of the script
     */
    record Running(int done, int total) implements RunState {}

    /** Every statement is recorded in the ledger. */
    record Done(int total) implements RunState {}

    /**
     * Ended, and trying again without a change would end the same way or has been tried long enough.
     *
     * @param reason what kind of failure
     * @param message for people; without secrets and without string literals of the script or its data
     * @param details facts by snake_case name: {@code statement_index} (from 1), {@code statements} (how many there are),
     *     {@code line}, {@code statement} (its first 200 characters), {@code sqlstate}, {@code server_message}; MySQL's
     *     {@code error_code}
     */
    record Failed(Reason reason, String message, Map<String, Object> details) implements RunState {}

    /** The kinds of failure. */
    enum Reason {
        /** The address is one we never connect to. */
        ENDPOINT_FORBIDDEN,
        /** No connection within the limit; refused and timed out are not told apart. */
        DATABASE_UNREACHABLE,
        /** The server refused user, password or database. */
        LOGIN_REFUSED,
        /** A statement failed, or the script cannot be split. */
        SQL_FAILED,
        /** The script took longer than its limit. */
        SQL_TIMED_OUT
    }
}
