package dev.rowhouse.sql;

/** Names a run within its runner. */
public record RunId(String value) {}
