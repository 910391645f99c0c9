package dev.rowhouse.sandbox.aws.s3;

/** A request that S3 refuses, in S3's words: becomes its error document. */
public final class S3Exception extends RuntimeException {
    private final int status;
    private final String code;

    S3Exception(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static S3Exception notServed(String what) {
        return new S3Exception(
                501,
                "NotImplemented",
                what + " is not supported by the sandbox's stand-in for AWS: only objects are put and got");
    }

    int status() {
        return status;
    }

    /** Such as {@code NoSuchKey}. */
    public String code() {
        return code;
    }
}
