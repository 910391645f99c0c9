/**
 * Real MySQL from a Maven artifact, and MariaDB from another, as child processes: a server for whoever needs one, and
 * databases as RDS would make them. A copy of an initialised data directory makes one in about a second and 130 MB.
 */
package dev.rowhouse.sandbox.mysql;
