package dev.rowhouse.sql.script;

/** How a statement gets on with a transaction, and with being run again. */
public enum Kind {
    /** Can be rolled back together with its ledger row, and may share a transaction with its neighbours. */
    TRANSACTIONAL,
    /** Commits by itself, as MySQL's DDL does, or is refused inside a transaction. */
    COMMITS,
    /** May commit inside, and nobody can tell: MySQL's CALL, or EXECUTE of a prepared statement. */
    OPAQUE,
    /** Sets the session up, and is run again in each new one: SET, USE, temporary tables, PREPARE. */
    SESSION,
    /** Opens a transaction of the script's own. */
    BEGIN,
    COMMIT,
    ROLLBACK,
    /** From here on what the script runs waits for its COMMIT. */
    AUTOCOMMIT_OFF,
    /** Sets autocommit to anything else: on, or to what it was. */
    AUTOCOMMIT_ON,
    /**
     * Is not run: MySQL's LOCK TABLES, under which no ledger could be written, PostgreSQL's client_encoding, since a script is text
     * and no bytes any more, and statements that are comments alone.
     */
    PASSED_OVER
}
