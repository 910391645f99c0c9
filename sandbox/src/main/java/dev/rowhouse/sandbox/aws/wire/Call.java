package dev.rowhouse.sandbox.aws.wire;

import java.util.Optional;

/**
 * One request, read but not yet judged.
 *
 * @param service from the credential scope, such as {@code sts}
 * @param region from the credential scope
 * @param action such as {@code CreateStack}; empty if the request names none
 * @param accessKeyId who says to call; signatures are not verified
 * @param sessionToken with temporary credentials
 * @param parameters without action and version
 */
public record Call(
        String requestId,
        String service,
        String region,
        String action,
        String version,
        String accessKeyId,
        Optional<String> sessionToken,
        Parameters parameters) {
    /** Leaves the credentials out. */
    @Override
    public String toString() {
        return service + ":" + action + " in " + region + ", request " + requestId;
    }
}
