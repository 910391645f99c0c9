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
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudFormationStacksTest extends TenantStacksContract {

    private static final String NO_TOPICS = "Topic limit of the account";

    /** The contract's template as a stack within the tenant's. */
    private static final String NESTING = """
            Parameters:
              DbPass: {Type: String, NoEcho: true}
            Resources:
              Data:
                Type: AWS::CloudFormation::Stack
                Properties:
                  TemplateURL: https://builders-templates.s3.eu-west-1.amazonaws.com/data.yaml
                  Parameters: {DbPass: !Ref DbPass}
              Topic: {Type: AWS::SNS::Topic}
              Files: {Type: AWS::S3::Bucket, DependsOn: Data}
            Outputs:
              DbName: {Value: !GetAtt Data.Outputs.DbName}
            """;

    /** The tenant whose database is not made until a test says so. */
    private static final TenantId LATE = new TenantId("late");

    /** How much later it is in the cloud than here. */
    private final AtomicReference<Duration> lead = new AtomicReference<>(Duration.ZERO);

    private final NoDatabases databases = new NoDatabases();
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
                .databases(Map.of("postgres", databases))
                .clock(((InstantSource) () -> clock.instant().plus(lead.get())).withZone(ZoneOffset.UTC))
                .stackPace(pace)
                .faults(new Mishaps()));
        aws.putObject("builders-templates", "data.yaml", TEMPLATE);
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
    void theDatabaseOfANestedStackIsReadyBeforeTheStackIs() throws IOException {
        stop();
        start(Duration.ofSeconds(5));
        List<String> statuses = new CopyOnWriteArrayList<>();
        Heard heard = new Heard() {
            @Override
            public void databaseReady() {
                statuses.add(aws.stacks().get(0).status().name());
                statuses.add(aws.stacks().get(1).resources().get("Db"));
                super.databaseReady();
            }
        };
        follow(new TenantId("nested"), NESTING, heard);

        await().atMost(Duration.ofSeconds(60)).until(() -> heard.words.size() == 2);
        assertThat(statuses).containsExactly("CREATE_IN_PROGRESS", "CREATE_COMPLETE");
        assertThat(heard.words).containsExactly("database ready", "completed {DbName=app}");
    }

    @Test
    void aDatabaseThatFailsInANestedStackIsNamedWithItsReason() {
        Heard heard = new Heard();
        follow(UNLUCKY, NESTING, heard);

        await().atMost(Duration.ofSeconds(30)).until(() -> !heard.words.isEmpty());
        assertThat(heard.words).containsExactly("failed stack_failed");
        assertThat(heard.failures.get(0).message()).isEqualTo("AWS::RDS::DBInstance Db failed: " + REASON);
        assertThat(heard.failures.get(0).details())
                .containsEntry("logical_id", "Db")
                .containsEntry("stack_id", aws.stacks().get(0).id())
                .containsEntry("stack_status", "ROLLBACK_COMPLETE");
    }

    @Test
    void aDatabaseIsFoundAtTheBottomOfNestedStacks() {
        aws.putObject("builders-templates", "house.yaml", NESTING);
        Heard heard = new Heard();
        follow(UNLUCKY, NESTING.replace("/data.yaml", "/house.yaml"), heard);

        await().atMost(Duration.ofSeconds(30)).until(() -> !heard.words.isEmpty());
        assertThat(aws.stacks()).hasSize(3);
        assertThat(heard.failures.get(0).message()).isEqualTo("AWS::RDS::DBInstance Db failed: " + REASON);
    }

    @Test
    void aQuotaIsToldFromAMistakeInANestedStackToo() {
        Heard heard = new Heard();
        follow(CROWDED_OUT, NESTING, heard);

        await().atMost(Duration.ofSeconds(30)).until(() -> !heard.words.isEmpty());
        assertThat(heard.words).containsExactly("failed quota_exceeded");
    }

    @Test
    void aNestedStackThatIsCancelledIsNotTheReason() {
        Heard heard = new Heard();
        follow(new TenantId("topicless"), NESTING, heard);

        await().atMost(Duration.ofSeconds(30)).until(() -> !heard.words.isEmpty());
        assertThat(heard.failures.get(0).message()).isEqualTo("AWS::SNS::Topic Topic failed: " + NO_TOPICS);
    }

    @Test
    void aTimeoutAtTheBottomOfNestedStacksIsToldFromAMistake() {
        aws.putObject(
                "builders-templates",
                "house.yaml",
                NESTING.replace("  Parameters: {", "  TimeoutInMinutes: 1\n      Parameters: {"));
        Heard heard = new Heard();
        follow(LATE, NESTING.replace("/data.yaml", "/house.yaml"), heard);
        await().until(() -> databases.isWaitedFor());

        lead.set(Duration.ofMinutes(1));

        await().atMost(Duration.ofSeconds(10))
                .until(() -> aws.stacks().get(2).status().name().startsWith("DELETE"));
        databases.open();
        await().atMost(Duration.ofSeconds(30)).until(() -> !heard.words.isEmpty());
        assertThat(heard.words).containsExactly("failed stack_timed_out");
        assertThat(heard.failures.get(0).message())
                .startsWith("AWS::CloudFormation::Stack Data failed: Embedded stack ")
                .contains("Stack creation time exceeded the specified timeout.");
    }

    @Test
    void aNestedTemplateThatIsNotThereIsNamed() {
        Heard heard = new Heard();
        follow(new TenantId("templateless"), NESTING.replace("/data.yaml", "/none.yaml"), heard);

        await().atMost(Duration.ofSeconds(30)).until(() -> !heard.words.isEmpty());
        assertThat(heard.failures.get(0).message())
                .startsWith("AWS::CloudFormation::Stack Data failed: S3 error: The specified key does not exist.");
    }

    private void follow(TenantId tenant, String template, Heard heard) {
        String id = stacks.create(order(tenant, 1, template));
        stacks.watch(watch(id, clock.instant(), () -> true, template), heard);
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
        private final CountDownLatch waiting = new CountDownLatch(1);
        private final CountDownLatch gate = new CountDownLatch(1);

        boolean isWaitedFor() {
            return waiting.getCount() == 0;
        }

        void open() {
            gate.countDown();
        }

        @Override
        public Endpoint create(Instance instance) throws IOException {
            if (instance.identifier().contains("-" + LATE + "-")) {
                waiting.countDown();
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", e);
                }
            }
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
            if (phase == Phase.CREATE && logicalId.equals("Topic") && stackName.endsWith("topicless")) {
                return Optional.of(NO_TOPICS);
            }
            if (phase == Phase.DELETE || !logicalId.equals("Db")) {
                return Optional.empty();
            }
            return stackName.contains(UNLUCKY.value())
                    ? Optional.of(REASON)
                    : stackName.contains(CROWDED_OUT.value()) ? Optional.of(QUOTA) : Optional.empty();
        }
    }
}
