package dev.rowhouse.sandbox.aws.sts;

import dev.rowhouse.sandbox.aws.Role;
import dev.rowhouse.sandbox.aws.wire.AwsException;
import dev.rowhouse.sandbox.aws.wire.Call;
import dev.rowhouse.sandbox.aws.wire.Parameters;
import dev.rowhouse.sandbox.aws.wire.RandomText;
import dev.rowhouse.sandbox.aws.wire.Service;
import dev.rowhouse.sandbox.aws.wire.Xml;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** {@code AssumeRole} and {@code GetCallerIdentity}. Thread-safe. */
public final class Sts implements Service {
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]*");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:\\/-]*");
    private static final Pattern ANYTHING = Pattern.compile("(?s).*");
    private static final int MIN_SECONDS = 900;
    private static final int MAX_SECONDS = 43_200;
    private static final Duration DEFAULT_SESSION = Duration.ofHours(1);

    /** A role's session that assumes another role gets this at most, whatever the role allows. */
    private static final Duration CHAINED_SESSION = Duration.ofHours(1);

    private static final Set<String> ASSUME_ROLE =
            Set.of("RoleArn", "RoleSessionName", "ExternalId", "DurationSeconds");

    private final Callers callers;
    private final Clock clock;
    private final Map<String, Role> roles = new ConcurrentHashMap<>();
    private final Map<String, String> roleIds = new ConcurrentHashMap<>();

    public Sts(Callers callers, Clock clock) {
        this.callers = callers;
        this.clock = clock;
    }

    /** Makes a role known, or changes one. */
    public void put(Role role) {
        roles.put(role.arn(), role);
    }

    /** From now on nobody may assume the role; sessions it gave out live on, as on AWS. */
    public void remove(String roleArn) {
        roles.remove(roleArn);
    }

    @Override
    public String name() {
        return "sts";
    }

    @Override
    public String version() {
        return "2011-06-15";
    }

    @Override
    public String namespace() {
        return "https://sts.amazonaws.com/doc/2011-06-15/";
    }

    @Override
    public String answer(Call call) {
        Principal caller = callers.of(call);
        return switch (call.action()) {
            case "AssumeRole" -> assumeRole(caller, call.parameters());
            case "GetCallerIdentity" -> callerIdentity(caller, call.parameters());
            default ->
                throw new AwsException(
                        400,
                        "InvalidAction",
                        "The sandbox's stand-in for AWS does not serve sts:" + call.action()
                                + ", only AssumeRole and GetCallerIdentity");
        };
    }

    private String callerIdentity(Principal caller, Parameters parameters) {
        parameters.refuseOthersThan(Set.of());
        return new Xml()
                .text("Arn", caller.arn())
                .text("UserId", caller.userId())
                .text("Account", caller.account())
                .toString();
    }

    private String assumeRole(Principal caller, Parameters parameters) {
        parameters.refuseOthersThan(ASSUME_ROLE);
        parameters.required("RoleArn");
        parameters.required("RoleSessionName");
        String arn = parameters.text("RoleArn", 20, 2048, ANYTHING).orElseThrow();
        String sessionName =
                parameters.text("RoleSessionName", 2, 64, SESSION_NAME).orElseThrow();
        Optional<String> externalId = parameters.text("ExternalId", 2, 1224, EXTERNAL_ID);
        Optional<Duration> wanted =
                parameters.number("DurationSeconds", MIN_SECONDS, MAX_SECONDS).map(Duration::ofSeconds);
        if (!arn.startsWith("arn:")) {
            throw AwsException.validationError(arn + " is invalid");
        }
        Role role = roles.get(arn);
        // One answer for both, as on AWS: a stranger must not learn which roles exist.
        if (role == null || (role.externalId() != null && !externalId.equals(Optional.of(role.externalId())))) {
            throw new AwsException(
                    403,
                    "AccessDenied",
                    "User: " + caller.arn() + " is not authorized to perform: sts:AssumeRole on resource: " + arn);
        }
        Session session = session(role, sessionName, duration(caller, role, wanted));
        callers.remember(session);
        return describe(session);
    }

    private static Duration duration(Principal caller, Role role, Optional<Duration> wanted) {
        Duration duration = wanted.orElse(DEFAULT_SESSION);
        if (caller.isTemporary() && duration.compareTo(CHAINED_SESSION) > 0) {
            throw AwsException.validationError(
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles "
                            + "assumed by role chaining");
        }
        if (duration.compareTo(role.maxSession()) > 0) {
            throw AwsException.validationError(
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        return duration;
    }

    private Session session(Role role, String sessionName, Duration duration) {
        String userId = roleIds.computeIfAbsent(role.arn(), arn -> "AROA" + RandomText.upper(17)) + ":" + sessionName;
        String partition = role.arn().split(":", 3)[1];
        String arn =
                "arn:" + partition + ":sts::" + role.account() + ":assumed-role/" + role.name() + "/" + sessionName;
        // AWS gives whole seconds.
        Instant expiresAt = Instant.ofEpochSecond(clock.instant().plus(duration).getEpochSecond());
        return new Session(
                "ASIA" + RandomText.upper(16),
                RandomText.secret(40),
                RandomText.secret(200),
                new Principal(role.account(), arn, userId, expiresAt));
    }

    private static String describe(Session session) {
        return new Xml()
                .element(
                        "AssumedRoleUser",
                        user -> user.text("AssumedRoleId", session.principal().userId())
                                .text("Arn", session.principal().arn()))
                .element(
                        "Credentials",
                        credentials -> credentials
                                .text("AccessKeyId", session.accessKeyId())
                                .text("SecretAccessKey", session.secretAccessKey())
                                .text("SessionToken", session.sessionToken())
                                .text("Expiration", session.principal().expiresAt()))
                .toString();
    }
}
