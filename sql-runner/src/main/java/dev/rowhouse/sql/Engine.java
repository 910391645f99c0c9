package dev.rowhouse.sql;

/** The engines we know. */
public enum Engine {
    POSTGRES,
    MYSQL
}
