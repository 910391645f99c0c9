package dev.rowhouse.onboarding.lifecycle;

/** A step could not be carried out just now (throttled, unreachable, busy); the same call may succeed later. */
public final class PassingFaultException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message what did not work, without secrets */
    public PassingFaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
