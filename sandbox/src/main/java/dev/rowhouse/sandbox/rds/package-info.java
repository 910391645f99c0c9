/**
 * Databases as RDS would make them, for every engine there is. Each is a server of its own: tenants' templates name the
 * same database and the same master user, which one server could not keep apart, and a client chooses the address alone.
 */
package dev.rowhouse.sandbox.rds;
