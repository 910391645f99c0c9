/**
 * PostgreSQL: splitting its scripts, logging in with pgjdbc, the ledger, and what its errors mean.
 *
 * <p>A second engine is another package like this one behind {@link dev.rowhouse.sql.engine.DatabaseEngine}.
 */
package dev.rowhouse.sql.postgres;
