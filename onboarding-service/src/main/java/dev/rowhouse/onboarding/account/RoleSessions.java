package dev.rowhouse.onboarding.account;

import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.onboarding.lifecycle.PassingFaultException;
import dev.rowhouse.onboarding.lifecycle.StepRun;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Sessions of the builders' roles, one at a time for each, renewed before they expire. Asks the STS of our own region,
 * not the global one: it is nearer, and up when {@code us-east-1} is not. Thread-safe.
 */
public final class RoleSessions implements AutoCloseable {

    /** How long a refused AssumeRole may be a role or policy that has not spread yet. */
    public static final Duration SPREADING = Duration.ofMinutes(5);

    /** How young a session must be that CloudFormation goes on using by itself. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    /** How long before it expires a session is used no more; longer than any call takes. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    /** The longest that is allowed everywhere: our own credentials may be a role's, and chained roles get one hour. */
    private static final Duration LENGTH = Duration.ofHours(1);

    private static final Duration LATER = Duration.ofSeconds(15);
    private static final int LONGEST_NAME = 64;

    private final String sessionName;
    private final Clock clock;
    private final SdkHttpClient http;
    private final StsClient sts;
    private final Map<AccountAccess, Role> roles = new ConcurrentHashMap<>();

    private record Session(AwsCredentialsProvider credentials, Instant begun, Instant expires) {}

    /** @param deployment seen in the builder's CloudTrail, as part of the session's name */
    public RoleSessions(AwsConnection connection, String deployment, Clock clock) {
        this.sessionName = sessionName(deployment);
        this.clock = clock;
        this.http = AwsConnection.openHttp();
        this.sts = connection.configureOwn(StsClient.builder(), http).build();
    }

    /**
     * A session of the role.
     *
     * @param step the step that needs it, since when
     * @throws PassingFaultException when STS cannot be asked, or refuses and the step is younger than {@link #SPREADING}
     * @throws FailureException {@code role_not_assumable}
     */
    public AwsCredentialsProvider session(AccountAccess access, StepRun step) {
        return role(access).current(step, LENGTH);
    }

    /** Like {@link #session}, with nearly its whole life before it. */
    public AwsCredentialsProvider freshSession(AccountAccess access, StepRun step) {
        return role(access).current(step, FRESH);
    }

    /** AWS does not accept the session: the next one is a new one. */
    public void forget(AccountAccess access) {
        roles.remove(access);
    }

    @Override
    public void close() {
        sts.close();
        http.close();
    }

    private Role role(AccountAccess access) {
        return roles.computeIfAbsent(access, Role::new);
    }

    private final class Role {

        private final AccountAccess access;
        private Session session;

        Role(AccountAccess access) {
            this.access = access;
        }

        /** One call at a time for each role: the others that wait here need its very answer. */
        synchronized AwsCredentialsProvider current(StepRun step, Duration oldest) {
            Instant now = clock.instant();
            if (session == null
                    || now.isAfter(session.expires().minus(MARGIN))
                    || now.isAfter(session.begun().plus(oldest))) {
                session = assume(access, step, now);
            }
            return session.credentials();
        }
    }

    private Session assume(AccountAccess access, StepRun step, Instant now) {
        try {
            Credentials credentials = sts.assumeRole(request -> request.roleArn(access.roleArn())
                            .externalId(access.externalId())
                            .roleSessionName(sessionName)
                            .durationSeconds((int) LENGTH.toSeconds()))
                    .credentials();
            return new Session(
                    StaticCredentialsProvider.create(AwsSessionCredentials.create(
                            credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken())),
                    now,
                    credentials.expiration());
        } catch (SdkException e) {
            throw translated(access, step, now, e);
        }
    }

    private RuntimeException translated(AccountAccess access, StepRun step, Instant now, SdkException e) {
        AwsFault fault = AwsFault.of(e);
        return switch (fault) {
            case THROTTLED, UNREACHABLE ->
                new PassingFaultException(
                        "STS could not be asked for role " + access.roleArn() + ": " + AwsFault.reason(e), e, null);
            case CREDENTIALS ->
                new PassingFaultException("AWS does not accept our own credentials: " + AwsFault.reason(e), e, LATER);
            case DENIED ->
                now.isBefore(step.since().plus(SPREADING))
                        ? new PassingFaultException(
                                "role " + access.roleArn() + " cannot be assumed yet: " + AwsFault.reason(e), e, LATER)
                        : notAssumable(access, step, e);
            case REFUSED -> notAssumable(access, step, e);
        };
    }

    private static FailureException notAssumable(AccountAccess access, StepRun step, SdkException e) {
        return new FailureException(new Failure(
                FailureCode.ROLE_NOT_ASSUMABLE,
                step.step().wire(),
                "Role " + access.roleArn() + " cannot be assumed: check that it exists, that its trust policy names our"
                        + " account"
                        + (access.externalId() == null
                                ? ", and that it asks for no sts:ExternalId, since none is registered"
                                : ", and that its condition sts:ExternalId is the external ID registered here")
                        + ". AWS says: " + AwsFault.reason(e),
                false,
                Map.of("role_arn", access.roleArn(), "aws_error", AwsFault.code(e))));
    }

    private static String sessionName(String deployment) {
        String name = "rowhouse-" + deployment.replaceAll("[^\\w+=,.@-]", "-");
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }
}
