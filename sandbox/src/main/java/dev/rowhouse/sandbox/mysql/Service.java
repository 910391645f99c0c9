package dev.rowhouse.sandbox.mysql;

/** By whose defaults a server is run. */
public enum Service {

    /** With a binary log: whoever makes a trigger or a function meets error 1419. */
    RDS,

    /** Without one, and with more rights for the master user. */
    AURORA
}
