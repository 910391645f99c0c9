/**
 * What the database engines share: programs unpacked from the class path, and a server as a child process. It knows no
 * engine.
 */
package dev.rowhouse.sandbox.database;
