/**
 * Real PostgreSQL from Maven artifacts, as child processes: a server for whoever needs one, and databases as RDS would
 * make them. Each of those is a server of its own: tenants' templates name the same database and the same master user,
 * which one server could not keep apart, and a client chooses the address alone. A copy of an initialised data directory
 * makes that cheap, about half a second and 30 MB.
 */
package dev.rowhouse.sandbox.postgres;
