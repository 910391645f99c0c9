/**
 * Real PostgreSQL from Maven artifacts, as child processes: a server for whoever needs one, and servers as RDS would make
 * them. A copy of an initialised data directory makes one in about half a second and 30 MB.
 */
package dev.rowhouse.sandbox.postgres;
