package dev.rowhouse.sql.ledger;

import java.time.Instant;

/**
 * A ledger row of a statement that has been run.
 *
 * @param index of the statement, from 1
 * @param checksum of the statement
 * @param started when it was sent
 * @param finished when it was answered
 */
public record LedgerEntry(int index, String checksum, Instant started, Instant finished) {}
