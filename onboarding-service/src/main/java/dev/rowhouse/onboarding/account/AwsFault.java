package dev.rowhouse.onboarding.account;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** What kind of trouble an exception of the SDK tells of. */
public enum AwsFault {
    /** We ask more often than the account bears. */
    THROTTLED,
    /** The session or our own credentials are not, or no longer, accepted. */
    CREDENTIALS,
    /** The action is not allowed. */
    DENIED,
    /** No usable answer: the network, or a server's error. */
    UNREACHABLE,
    /** An answer that says no, in AWS's words. */
    REFUSED;

    private static final Set<String> THROTTLES =
            Set.of("Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequestsException", "SlowDown");
    private static final Set<String> BAD_CREDENTIALS = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "InvalidToken",
            "MissingAuthenticationToken",
            "IncompleteSignature",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "RequestExpired");
    private static final Set<String> DENIALS =
            Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized");

    public static AwsFault of(SdkException e) {
        if (!(e instanceof SdkServiceException answer)) {
            return UNREACHABLE;
        }
        String code = code(e);
        if (answer.isThrottlingException() || THROTTLES.contains(code)) {
            return THROTTLED;
        }
        if (BAD_CREDENTIALS.contains(code)) {
            return CREDENTIALS;
        }
        if (DENIALS.contains(code)) {
            return DENIED;
        }
        // 501 is an emulator that will never do it. No code at all is an answer by something else than AWS: a proxy's
        // page.
        return answer.statusCode() != 501 && (answer.statusCode() >= 500 || code.isEmpty()) ? UNREACHABLE : REFUSED;
    }

    /** AWS's name for the error; empty where the answer had none. */
    public static String code(SdkException e) {
        return e instanceof AwsServiceException answer
                        && answer.awsErrorDetails() != null
                        && answer.awsErrorDetails().errorCode() != null
                ? answer.awsErrorDetails().errorCode()
                : "";
    }

    /** AWS's own words, without the SDK's request ids; what stands for them where there are none. */
    public static String reason(SdkException e) {
        if (e instanceof AwsServiceException answer
                && answer.awsErrorDetails() != null
                && answer.awsErrorDetails().errorMessage() != null) {
            return answer.awsErrorDetails().errorMessage();
        }
        // The message of an unreadable answer may quote it.
        return e instanceof SdkServiceException answer
                ? "status " + answer.statusCode()
                : e instanceof SdkClientException && e.getMessage() != null
                        ? e.getMessage()
                        : e.getClass().getSimpleName();
    }

    static boolean isWorthRepeatingAtOnce(Throwable thrown) {
        return thrown instanceof SdkException e
                && !(e instanceof AbortedException)
                && of(e) == UNREACHABLE
                && (e instanceof SdkServiceException || isOfTheNetwork(e));
    }

    /** Missing credentials are a client's exception too, and no sooner there for asking again. */
    private static boolean isOfTheNetwork(SdkException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.io.IOException) {
                return true;
            }
        }
        return false;
    }
}
