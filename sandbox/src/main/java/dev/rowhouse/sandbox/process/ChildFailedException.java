package dev.rowhouse.sandbox.process;

/** A child ended, or did not get ready; the message quotes the end of its log. */
public final class ChildFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ChildFailedException(String message) {
        super(message);
    }
}
