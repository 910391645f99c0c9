package dev.rowhouse.sandbox.aws.wire;

/** A call refused, as AWS words it: becomes the error document of the answer. */
public final class AwsException extends RuntimeException {
    private final int status;
    private final String code;

    /**
     * @param status of HTTP; 5xx is told as AWS's fault, anything else as the sender's
     * @param code such as {@code ValidationError}, {@code Throttling}
     */
    public AwsException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    public static AwsException validationError(String message) {
        return new AwsException(400, "ValidationError", message);
    }

    /** The wording of a member that breaks the service's model. */
    public static AwsException constraint(String value, String member, String constraint) {
        return validationError("1 validation error detected: Value '" + value + "' at '" + member
                + "' failed to satisfy constraint: " + constraint);
    }

    /** For what real AWS can do and the stand-in cannot: loud, so that nobody mistakes it for done. */
    public static AwsException notServed(String what) {
        return validationError(what + " is not supported by the sandbox's stand-in for AWS");
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
