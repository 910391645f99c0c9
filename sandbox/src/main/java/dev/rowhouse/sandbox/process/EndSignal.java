package dev.rowhouse.sandbox.process;

/** The signal that asks a child to end in good order. */
public enum EndSignal {
    TERM,
    INT,
    QUIT
}
