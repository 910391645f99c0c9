/**
 * Connecting to an address that nobody vouches for: what may be connected to, how much may be answered, and for how long.
 *
 * <p>Knows no driver: it gives drivers a socket. What a driver is told is in the engine's package.
 */
package dev.rowhouse.sql.connect;
