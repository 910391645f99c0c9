package dev.rowhouse.sandbox.aws.sts;

import dev.rowhouse.sandbox.aws.wire.AwsException;
import dev.rowhouse.sandbox.aws.wire.Call;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows every access key. Signatures are not verified, but a temporary key is known only if this stand-in gave it out, and
 * only with its session token. Thread-safe.
 */
public final class Callers {
    /** How long an ended session is still called expired; later its key is simply unknown. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final String baseAccount;
    private final Set<String> baseAccessKeys;
    private final Clock clock;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /** @param baseAccessKeys the long-term keys of {@code baseAccount}; empty to take any */
    public Callers(String baseAccount, Set<String> baseAccessKeys, Clock clock) {
        this.baseAccount = baseAccount;
        this.baseAccessKeys = Set.copyOf(baseAccessKeys);
        this.clock = clock;
    }

    /** @throws AwsException if the key is unknown or its session has ended */
    public Principal of(Call call) {
        return isTemporary(call.accessKeyId()) ? temporary(call) : base(call.accessKeyId());
    }

    void remember(Session session) {
        Instant forgotten = clock.instant().minus(REMEMBERED);
        sessions.values().removeIf(s -> s.principal().expiresAt().isBefore(forgotten));
        sessions.put(session.accessKeyId(), session);
    }

    private static boolean isTemporary(String accessKeyId) {
        return accessKeyId.startsWith("ASIA");
    }

    private Principal base(String accessKeyId) {
        if (!baseAccessKeys.isEmpty() && !baseAccessKeys.contains(accessKeyId)) {
            throw unknown();
        }
        String arn = "arn:aws:iam::" + baseAccount + ":user/sandbox";
        return new Principal(baseAccount, arn, "AIDASANDBOXSANDBOXSAN", null);
    }

    private Principal temporary(Call call) {
        Session session = sessions.get(call.accessKeyId());
        if (session == null || !call.sessionToken().equals(Optional.of(session.sessionToken()))) {
            throw unknown();
        }
        if (session.principal().hasEnded(clock.instant())) {
            throw new AwsException(403, "ExpiredToken", "The security token included in the request is expired");
        }
        return session.principal();
    }

    private static AwsException unknown() {
        return new AwsException(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
    }
}
