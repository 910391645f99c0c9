/** MySQL and MariaDB: logging in with Connector/J, the ledger, splitting their scripts, and what their errors mean. */
package dev.rowhouse.sql.mysql;
