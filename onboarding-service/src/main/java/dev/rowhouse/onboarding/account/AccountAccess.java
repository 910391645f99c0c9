package dev.rowhouse.onboarding.account;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way into a builder's account, as registered.
 *
 * @param roleArn the role we assume; its account is where everything happens
 * @param externalId told when assuming it; null where none is registered
 * @param region where the stacks are made
 */
public record AccountAccess(String roleArn, String externalId, String region) {

    private static final Pattern ROLE = Pattern.compile("arn:(aws[a-z-]*):iam::(\\d{12}):role/[\\w+=,.@/-]{1,512}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d{1,2}");

    /** @throws IllegalArgumentException when a part is not of its form; the message says how to mend it */
    public AccountAccess {
        if (roleArn == null || !ROLE.matcher(roleArn).matches()) {
            throw new IllegalArgumentException(
                    "the role must be an ARN such as arn:aws:iam::123456789012:role/RowhouseAccess, but is " + roleArn);
        }
        if (externalId != null && !EXTERNAL_ID.matcher(externalId).matches()) {
            throw new IllegalArgumentException(
                    "the external ID must be 2 to 1224 letters, digits and _ + = , . @ : / -");
        }
        if (region == null || !REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("the region must be one such as eu-central-1, but is " + region);
        }
    }

    /** The role's account: 12 digits. */
    public String accountId() {
        return part(2);
    }

    /** {@code aws}, {@code aws-cn} or {@code aws-us-gov}. */
    public String partition() {
        return part(1);
    }

    private String part(int group) {
        Matcher role = ROLE.matcher(roleArn);
        if (!role.matches()) {
            throw new IllegalStateException("checked when it was made: " + roleArn);
        }
        return role.group(group);
    }

    @Override
    public String toString() {
        return "AccountAccess[roleArn=" + roleArn + ", region=" + region + "]";
    }
}
