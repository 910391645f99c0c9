package dev.rowhouse.sandbox.mysql;

/** Whose server it is. */
public enum Product {
    /** MySQL 8.0; there is a build for Linux on amd64 alone. */
    MYSQL,

    /** MariaDB 11.4. */
    MARIADB
}
