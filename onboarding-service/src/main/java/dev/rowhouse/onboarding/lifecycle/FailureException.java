package dev.rowhouse.onboarding.lifecycle;

import dev.rowhouse.schema.Failure;

/** A step cannot succeed, and trying it again would end the same way: the attempt ends with this failure. */
public final class FailureException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    public FailureException(Failure failure) {
        super(failure.code().wire() + ": " + failure.message());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
