package dev.rowhouse.sql;

/** An address we never connect to, or one whose form is not an address's. */
final class ForbiddenEndpointException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message what is forbidden and why */
    ForbiddenEndpointException(String message) {
        super(message);
    }
}
