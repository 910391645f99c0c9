package dev.rowhouse.onboarding.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rowhouse.onboarding.account.AwsConnection;
import dev.rowhouse.onboarding.account.CallBudget;
import dev.rowhouse.onboarding.account.RoleSessions;
import dev.rowhouse.onboarding.account.ScriptedAws;
import dev.rowhouse.onboarding.lifecycle.PassingFaultException;
import dev.rowhouse.onboarding.stack.StackFixtures.Heard;
import dev.rowhouse.sandbox.aws.AwsStandIn;
import dev.rowhouse.sandbox.aws.DatabaseHost;
import dev.rowhouse.sandbox.aws.Faults;
import dev.rowhouse.sandbox.aws.Role;
import dev.rowhouse.sandbox.aws.wire.AwsException;
import dev.rowhouse.sandbox.aws.wire.Call;
import dev.rowhouse.schema.FailureCode;
import dev.rowhouse.schema.TenantId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudFormationStacksTest extends TenantStacksContract {

    private final AtomicReference<String> broken = new AtomicReference<>("");
    private final Clock clock = Clock.systemUTC();
    private AwsStandIn aws;
    private RoleSessions sessions;
    private CloudFormationStacks stacks;

    @BeforeEach
    void start() throws IOException {
        start(Duration.ofMillis(1500));
    }

    private void start(Duration pace) throws IOException {
        aws = AwsStandIn.start(AwsStandIn.Options.defaults()
                .roles(new Role(ScriptedAws.ACCESS.roleArn(), ScriptedAws.ACCESS.externalId()))
                .databases(Map.of("postgres", new NoDatabases()))
                .stackPace(pace)
                .faults(new Mishaps()));
        AwsConnection connection = new AwsConnection(
                Optional.of("eu-west-1"),
                Optional.of(aws.endpoint()),
                Optional.of(new AwsConnection.Login("AKIAOURS", "our-secret")));
        sessions = new RoleSessions(connection, "prod", clock);
        stacks = new CloudFormationStacks(
                connection,
                sessions,
                new CallBudget(200, 50, clock),
                new WatchPace(
                        Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofMillis(100), Duration.ofMinutes(2)),
                clock);
    }

    @AfterEach
    void stop() {
        stacks.close();
        sessions.close();
        aws.close();
    }

    @Override
    TenantStacks stacks() {
        return stacks;
    }

    @Test
    void theDatabaseIsReadyBeforeTheStackIs() throws IOException {
        // Slow enough that several looks fall between the database's end and the stack's.
        stop();
        start(Duration.ofSeconds(8));
        List<String> statuses = new CopyOnWriteArrayList<>();
        String id = stacks.create(order(new TenantId("early"), 1));
        stacks.watch(watch(id, () -> true), new Heard() {
            @Override
            public void databaseReady() {
                statuses.add(aws.stacks().get(0).status().name());
                super.databaseReady();
            }
        });

        await().atMost(Duration.ofSeconds(60)).until(() -> !statuses.isEmpty());
        assertThat(statuses).containsExactly("CREATE_IN_PROGRESS");
    }

    @Test
    void aRepeatedOrderMakesOneStack() {
        stacks.create(order(new TenantId("once"), 1));

        stacks.create(order(new TenantId("once"), 1));

        assertThat(aws.stacksMade("rowhouse-prod-once")).isEqualTo(1);
    }

    @Test
    void manyStacksAreFollowedByOneList() {
        List<Heard> all = IntStream.range(0, 40)
                .mapToObj(i -> follow(new TenantId("many-" + i)))
                .toList();

        await().atMost(Duration.ofSeconds(30)).until(() -> all.stream().allMatch(heard -> heard.words.size() == 2));
        assertThat(aws.calls("DescribeStacks")).isLessThanOrEqualTo(80);
        assertThat(aws.calls("ListStacks")).isLessThan(100);
    }

    @Test
    void throttledLooksAreTakenUpAgain() {
        broken.set("ListStacks");
        Heard heard = follow(new TenantId("throttled"));
        await().until(() -> aws.calls("ListStacks") > 0);

        broken.set("");

        await().atMost(Duration.ofSeconds(60)).until(() -> heard.words.size() == 2);
    }

    @Test
    void aRoleThatIsTakenAwayMidwayEndsNoWatch() {
        Heard heard = follow(new TenantId("revoked"));
        aws.removeRole(ScriptedAws.ACCESS.roleArn());
        sessions.forget(ScriptedAws.ACCESS);
        long before = aws.calls("AssumeRole");
        await().until(() -> aws.calls("AssumeRole") > before);

        aws.putRole(new Role(ScriptedAws.ACCESS.roleArn(), ScriptedAws.ACCESS.externalId()));

        await().atMost(Duration.ofSeconds(60)).until(() -> heard.words.size() == 2);
        assertThat(heard.failures).isEmpty();
    }

    @Test
    void whoIsRefusedToSeeAStackIsToldWhyUntilItIsSeen() throws IOException {
        stop();
        start(Duration.ofSeconds(8));
        Instant longAgo = clock.instant().minus(Duration.ofHours(1));
        Heard heard = new Heard();
        String id = stacks.create(order(new TenantId("out-of-sight"), 1));
        stacks.watch(watch(id, longAgo, () -> true), heard);
        aws.removeRole(ScriptedAws.ACCESS.roleArn());
        sessions.forget(ScriptedAws.ACCESS);

        await().atMost(Duration.ofSeconds(30)).until(() -> heard.refusal.get() != null);
        assertThat(heard.refusal.get().code()).isEqualTo(FailureCode.ROLE_NOT_ASSUMABLE);
        aws.putRole(new Role(ScriptedAws.ACCESS.roleArn(), ScriptedAws.ACCESS.externalId()));

        await().atMost(Duration.ofSeconds(60)).until(() -> heard.refusal.get() == null);
    }

    @Test
    void aFinishedStackIsProtected() {
        StackOrder order = order(new TenantId("protected"), 1);
        String id = stacks.create(order);

        stacks.protect(order.access(), id, order.step());

        assertThat(aws.calls("UpdateTerminationProtection")).isEqualTo(1);
    }

    @Test
    void aStackThatCannotBeProtectedJustNowIsProtectedLater() {
        StackOrder order = order(new TenantId("protected-later"), 1);
        String id = stacks.create(order);
        broken.set("UpdateTerminationProtection");

        assertThatThrownBy(() -> stacks.protect(order.access(), id, order.step()))
                .isInstanceOf(PassingFaultException.class);
    }

    /** Databases in name only. */
    private static final class NoDatabases implements DatabaseHost {
        @Override
        public Endpoint create(Instance instance) {
            return new Endpoint("127.0.0.1", 5432);
        }

        @Override
        public void delete(String identifier) {}
    }

    private final class Mishaps implements Faults {
        @Override
        public void onCall(Call call) {
            if (call.action().equals(broken.get())) {
                throw new AwsException(400, "Throttling", "Rate exceeded");
            }
        }

        @Override
        public Optional<String> onResource(String stackName, String logicalId, Phase phase) {
            if (phase == Phase.DELETE || !logicalId.equals("Db")) {
                return Optional.empty();
            }
            return stackName.endsWith(UNLUCKY.value())
                    ? Optional.of(REASON)
                    : stackName.endsWith(CROWDED_OUT.value()) ? Optional.of(QUOTA) : Optional.empty();
        }
    }
}
