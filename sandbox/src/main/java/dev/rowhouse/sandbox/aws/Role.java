package dev.rowhouse.sandbox.aws;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A role that the stand-in lets any known caller assume, if the caller knows the external ID.
 *
 * @param arn such as {@code arn:aws:iam::111122223333:role/rowhouse}
 * @param externalId what the caller must send; null if the role asks for none
 * @param maxSession the role's maximum session duration, 1 to 12 hours
 */
public record Role(String arn, String externalId, Duration maxSession) {
    private static final Pattern ARN = Pattern.compile("arn:aws(?:-cn|-us-gov)?:iam::(\\d{12}):role/([\\w+=,.@/-]+)");

    public Role {
        if (!ARN.matcher(arn).matches()) {
            throw new IllegalArgumentException(
                    "'" + arn + "' is no role's ARN, such as arn:aws:iam::111122223333:role/r");
        }
        if (maxSession.compareTo(Duration.ofHours(1)) < 0 || maxSession.compareTo(Duration.ofHours(12)) > 0) {
            throw new IllegalArgumentException("A role's sessions last 1 to 12 hours, not " + maxSession);
        }
    }

    /** With AWS's default session duration, one hour. */
    public Role(String arn, String externalId) {
        this(arn, externalId, Duration.ofHours(1));
    }

    public String account() {
        return part(1);
    }

    /** Without its path. */
    public String name() {
        String path = part(2);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private String part(int group) {
        Matcher matcher = ARN.matcher(arn);
        matcher.matches();
        return matcher.group(group);
    }

    /** Leaves the external ID out. */
    @Override
    public String toString() {
        return "Role[" + arn + "]";
    }
}
