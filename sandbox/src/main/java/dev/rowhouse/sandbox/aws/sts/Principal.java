package dev.rowhouse.sandbox.aws.sts;

import java.time.Instant;

/**
 * Who calls.
 *
 * @param account whose resources the call sees
 * @param expiresAt when its credentials end; null for a user's, which do not
 */
public record Principal(String account, String arn, String userId, Instant expiresAt) {
    public boolean isTemporary() {
        return expiresAt != null;
    }

    /** Whether its credentials no longer hold. */
    public boolean hasEnded(Instant now) {
        return isTemporary() && !now.isBefore(expiresAt);
    }
}
