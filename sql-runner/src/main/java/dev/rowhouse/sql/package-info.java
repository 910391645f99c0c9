/**
 * Runs a SQL script exactly once on a database that nobody vouches for: connecting safely, splitting, the ledger.
 *
 * <p>Knows no Kafka and no AWS; it alone touches JDBC.
 */
package dev.rowhouse.sql;
