/** MySQL and MariaDB: splitting their scripts as the mysql client does. */
package dev.rowhouse.sql.mysql;
