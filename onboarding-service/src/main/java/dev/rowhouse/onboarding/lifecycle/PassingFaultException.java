package dev.rowhouse.onboarding.lifecycle;

import java.time.Duration;
import java.util.Optional;

/** A step could not be carried out just now (throttled, unreachable, busy); the same call may succeed later. */
public final class PassingFaultException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    /** @param message what did not work, without secrets */
    public PassingFaultException(String message, Throwable cause) {
        this(message, cause, null);
    }

    /**
     * @param message what did not work, without secrets
     * @param cause may be null
     * @param retryAfter when it is worth trying again; null where nobody knows
     */
    public PassingFaultException(String message, Throwable cause, Duration retryAfter) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** How long to leave it, where that is known; trying sooner is harmless and in vain. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
