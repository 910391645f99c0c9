/**
 * What a script is to the rest: statements in order, each with its line, and a fingerprint.
 *
 * <p>How a script is cut into statements depends on the engine; the engines' packages do it. Knows no JDBC.
 */
package dev.rowhouse.sql.script;
