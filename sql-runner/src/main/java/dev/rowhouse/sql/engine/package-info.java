/** What the runner needs of a kind of database server, and how that can go wrong. Knows no driver. */
package dev.rowhouse.sql.engine;
