package dev.rowhouse.status.query;

/** The table cannot be read just now; asking again in a moment may help. */
public final class NotReadyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message why, for the caller's eyes; part of a sentence */
    public NotReadyException(String message) {
        // Without stack trace: it is an answer, not a fault, and a rebalance makes many of them.
        super(message, null, false, false);
    }
}
