package dev.rowhouse.sandbox.aws.sts;

/** Temporary credentials and whom they stand for. */
record Session(String accessKeyId, String secretAccessKey, String sessionToken, Principal principal) {
    /** Leaves secret and token out. */
    @Override
    public String toString() {
        return "Session[" + accessKeyId + ", " + principal.arn() + "]";
    }
}
