package dev.rowhouse.onboarding.stack;

import dev.rowhouse.onboarding.account.AccountAccess;
import dev.rowhouse.onboarding.account.AwsConnection;
import dev.rowhouse.onboarding.account.AwsFault;
import dev.rowhouse.onboarding.account.CallBudget;
import dev.rowhouse.onboarding.account.RoleSessions;
import dev.rowhouse.onboarding.lifecycle.PassingFaultException;
import dev.rowhouse.onboarding.lifecycle.StepRun;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * The one way to CloudFormation: within the account's budget, as the builder's role, with what passes told from what does
 * not. One client per region; the session is given with each call. Thread-safe.
 */
final class CloudFormationCalls implements AutoCloseable {

    private final AwsConnection connection;
    private final RoleSessions sessions;
    private final CallBudget budget;
    private final SdkHttpClient http = AwsConnection.openHttp();
    private final Map<String, CloudFormationClient> clients = new ConcurrentHashMap<>();

    CloudFormationCalls(AwsConnection connection, RoleSessions sessions, CallBudget budget) {
        this.connection = connection;
        this.sessions = sessions;
        this.budget = budget;
    }

    /** What one call needs: the client, and whom to be. */
    record Caller(CloudFormationClient client, AwsRequestOverrideConfiguration identity) {}

    /**
     * @throws PassingFaultException where AWS cannot be asked, or will not hear us, just now
     * @throws AwsServiceException where AWS says no
     */
    <T> T ask(AccountAccess access, StepRun step, Function<Caller, T> call) {
        return ask(access, sessions.session(access, step), call);
    }

    /** Like {@link #ask}, with a session that has nearly its whole life before it. */
    <T> T askFreshly(AccountAccess access, StepRun step, Function<Caller, T> call) {
        return ask(access, sessions.freshSession(access, step), call);
    }

    /**
     * The stack as it stands.
     *
     * @param stack its id; its name only to find out whose it is
     * @return empty where AWS knows none, which a stack's first seconds may look like
     */
    Optional<Stack> describe(AccountAccess access, StepRun step, String stack) {
        try {
            return ask(
                    access,
                    step,
                    caller -> caller
                            .client()
                            .describeStacks(
                                    request -> request.stackName(stack).overrideConfiguration(caller.identity()))
                            .stacks()
                            .stream()
                            .findFirst());
        } catch (AwsServiceException e) {
            if (AwsFault.of(e) == AwsFault.REFUSED && AwsFault.reason(e).contains("does not exist")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        clients.values().forEach(CloudFormationClient::close);
        http.close();
    }

    private <T> T ask(AccountAccess access, AwsCredentialsProvider session, Function<Caller, T> call) {
        budget.take(access);
        CloudFormationClient client = clients.computeIfAbsent(access.region(), this::open);
        try {
            return call.apply(new Caller(
                    client,
                    AwsRequestOverrideConfiguration.builder()
                            .credentialsProvider(session)
                            .build()));
        } catch (SdkException e) {
            AwsFault fault = AwsFault.of(e);
            if (fault == AwsFault.THROTTLED) {
                budget.throttled(access);
            } else if (fault == AwsFault.CREDENTIALS) {
                sessions.forget(access);
            } else if (fault != AwsFault.UNREACHABLE && e instanceof AwsServiceException) {
                throw e;
            }
            throw new PassingFaultException(
                    "CloudFormation in " + access.region() + " of account " + access.accountId() + ": "
                            + AwsFault.reason(e),
                    // The cause is left out where it is AWS's page or the request: either may hold what nobody may see.
                    fault == AwsFault.UNREACHABLE ? e.getCause() : null);
        }
    }

    private CloudFormationClient open(String region) {
        return connection
                .configure(CloudFormationClient.builder(), http)
                .region(Region.of(region))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }
}
