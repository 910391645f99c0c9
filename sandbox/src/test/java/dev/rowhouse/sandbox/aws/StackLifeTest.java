package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.OnFailure;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** By a clock that only the test moves: a stack of network, database and bucket takes 90 seconds. */
class StackLifeTest {
    private static final String TEMPLATE = """
            Resources:
              Data: {Type: AWS::S3::Bucket, DependsOn: Db}
              Db:
                Type: AWS::RDS::DBInstance
                Properties:
                  Engine: postgres
                  DBInstanceClass: db.t4g.micro
                  AllocatedStorage: 20
                  MasterUsername: acme
                  MasterUserPassword: long-enough
                  VPCSecurityGroups: [!GetAtt Group.GroupId]
              Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: db}}
              Topic: {Type: AWS::SNS::Topic}
            """;

    private final SettableClock clock = new SettableClock();
    private final InMemoryDatabases databases = new InMemoryDatabases();
    private Cloud cloud;

    private void start(Faults faults) throws IOException {
        cloud = new Cloud(Cloud.options()
                .clock(clock)
                .stackPace(Duration.ofSeconds(90))
                .databases(Map.of("postgres", databases))
                .faults(faults));
    }

    @AfterEach
    void stop() {
        databases.open();
        cloud.close();
    }

    @Test
    void beginsWhatDependsOnNothingFirst() throws IOException {
        start(Faults.NONE);

        cloud.create("s", TEMPLATE);

        assertThat(resources()).isEqualTo(Map.of("Group", "CREATE_IN_PROGRESS", "Topic", "CREATE_IN_PROGRESS"));
    }

    @Test
    void beginsTheDatabaseOnceItsGroupIsComplete() throws IOException {
        start(Faults.NONE);
        cloud.create("s", TEMPLATE);

        clock.advance(Duration.ofSeconds(10));

        awaitResources(Map.of("Group", "CREATE_COMPLETE", "Topic", "CREATE_COMPLETE", "Db", "CREATE_IN_PROGRESS"));
    }

    @Test
    void showsTheDatabaseCompleteBeforeTheStack() throws IOException {
        start(Faults.NONE);
        cloud.create("s", TEMPLATE);

        clock.advance(Duration.ofSeconds(10));
        awaitResource("Db", "CREATE_IN_PROGRESS");
        clock.advance(Duration.ofSeconds(60));

        awaitResources(Map.of(
                "Group", "CREATE_COMPLETE",
                "Topic", "CREATE_COMPLETE",
                "Db", "CREATE_COMPLETE",
                "Data", "CREATE_IN_PROGRESS"));
        assertThat(cloud.describe("s").stackStatusAsString()).isEqualTo("CREATE_IN_PROGRESS");
    }

    @Test
    void takesTheTimeThatWasAskedFor() throws IOException {
        start(Faults.NONE);
        cloud.create("s", TEMPLATE);
        clock.advance(Duration.ofSeconds(10));
        awaitResource("Db", "CREATE_IN_PROGRESS");
        clock.advance(Duration.ofSeconds(60));
        awaitResource("Data", "CREATE_IN_PROGRESS");
        clock.advance(Duration.ofSeconds(10));
        awaitResource("Data", "CREATE_COMPLETE");
        clock.advance(Duration.ofSeconds(10));
        cloud.awaitStatus("s", "CREATE_COMPLETE");

        List<StackEvent> events = events();
        assertThat(Duration.between(
                        events.get(events.size() - 1).timestamp(), events.get(0).timestamp()))
                .isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void isNotCompleteBeforeItsDatabaseIsMade() throws IOException {
        start(Faults.NONE);
        databases.shut();
        cloud.create("s", TEMPLATE);
        clock.advance(Duration.ofSeconds(10));
        awaitResources(Map.of("Group", "CREATE_COMPLETE", "Topic", "CREATE_COMPLETE", "Db", "CREATE_IN_PROGRESS"));
        clock.advance(Duration.ofSeconds(80));

        databases.open();

        awaitResource("Data", "CREATE_IN_PROGRESS");
    }

    @Test
    void cancelsWhatIsInProgressWhenAResourceFails() throws IOException {
        start(Faults.creating("Topic", "the topic is not to be"));
        cloud.create("s", TEMPLATE.replace("Topic}", "Topic, DependsOn: Group}"));
        clock.advance(Duration.ofSeconds(10));
        awaitResource("Db", "CREATE_IN_PROGRESS");

        clock.advance(Duration.ofSeconds(10));

        awaitReason("The following resource(s) failed to create: [Db, Topic]. Rollback requested by user.");
        assertThat(eventLines())
                .contains("Topic CREATE_FAILED the topic is not to be", "Db CREATE_FAILED Resource creation cancelled");
    }

    @Test
    void rollsBackTheYoungestFirst() throws IOException {
        start(Faults.creating("Data", "no room"));
        cloud.create("s", TEMPLATE);

        finishAt("ROLLBACK_COMPLETE");

        assertThat(eventLines().stream()
                        .filter(line -> line.endsWith("DELETE_COMPLETE"))
                        .toList())
                .containsExactly(
                        "Data DELETE_COMPLETE", "Db DELETE_COMPLETE", "Topic DELETE_COMPLETE", "Group DELETE_COMPLETE");
        assertThat(databases.made).isEmpty();
    }

    @Test
    void deletesAStackThatAsksForItOnFailure() throws IOException {
        start(Faults.creating("Data", "no room"));
        String id = create(r -> r.onFailure(OnFailure.DELETE));

        finish(id, "DELETE_COMPLETE");

        assertThat(reasons(id))
                .contains("The following resource(s) failed to create: [Data]. Delete requested by user.");
    }

    @Test
    void leavesAStackThatAsksForNothingOnFailure() throws IOException {
        start(Faults.creating("Data", "no room"));
        String id = create(r -> r.disableRollback(true));

        finish(id, "CREATE_FAILED");

        assertThat(databases.made).hasSize(1);
    }

    @Test
    void showsAFailedRollback() throws IOException {
        start(new Faults() {
            @Override
            public Optional<String> onResource(String stackName, String logicalId, Phase phase) {
                boolean fails = logicalId.equals(phase == Phase.CREATE ? "Data" : "Group");
                return fails ? Optional.of("no " + phase) : Optional.empty();
            }
        });
        cloud.create("s", TEMPLATE);

        finishAt("ROLLBACK_FAILED");

        assertThat(cloud.describe("s").stackStatusReason())
                .isEqualTo("The following resource(s) failed to delete: [Group]. ");
        assertThat(eventLines()).contains("Group DELETE_FAILED no DELETE");
    }

    @Test
    void retainsWhatTheTemplateRetains() throws IOException {
        start(Faults.creating("Data", "no room"));
        cloud.create("s", TEMPLATE.replace("  Db:\n", "  Db:\n    DeletionPolicy: Retain\n"));

        finishAt("ROLLBACK_COMPLETE");

        assertThat(eventLines()).contains("Db DELETE_SKIPPED");
        assertThat(databases.made).hasSize(1);
    }

    @Test
    void failsAtItsTimeout() throws IOException {
        start(Faults.NONE);
        databases.shut();
        create(r -> r.timeoutInMinutes(1));

        clock.advance(Duration.ofSeconds(60));

        awaitReason("Stack creation time exceeded the specified timeout. Rollback requested by user.");
    }

    @Test
    void removesADatabaseThatWasStillBeingMadeWhenTheStackFailed() throws IOException {
        start(Faults.NONE);
        databases.shut();
        create(r -> r.timeoutInMinutes(1));
        clock.advance(Duration.ofSeconds(10));
        awaitResource("Db", "CREATE_IN_PROGRESS");
        clock.advance(Duration.ofSeconds(50));
        awaitResource("Db", "DELETE_IN_PROGRESS");

        databases.open();

        finishAt("ROLLBACK_COMPLETE");
        assertThat(databases.made).isEmpty();
    }

    @Test
    void deletesAStackThatIsStillBeingMade() throws IOException {
        start(Faults.NONE);
        String id = cloud.create("s", TEMPLATE);
        clock.advance(Duration.ofSeconds(10));
        awaitResource("Db", "CREATE_IN_PROGRESS");

        cloud.stacks.deleteStack(r -> r.stackName("s"));

        finish(id, "DELETE_COMPLETE");
        assertThat(databases.made).isEmpty();
    }

    @Test
    void deletesAStackThatIsStillRollingBack() throws IOException {
        start(Faults.creating("Data", "no room"));
        String id = cloud.create("s", TEMPLATE);
        finishAt("ROLLBACK_IN_PROGRESS");

        cloud.stacks.deleteStack(r -> r.stackName("s"));

        finish(id, "DELETE_COMPLETE");
        assertThat(databases.made).isEmpty();
    }

    @Test
    void failsWhenItsCallersSessionEnds() throws IOException {
        start(Faults.NONE);
        AwsSessionCredentials session = cloud.assume(Cloud.ROLE);
        clock.advance(Duration.ofMinutes(59));
        try (CloudFormationClient stacks = cloud.stacks(session, Region.US_EAST_1)) {
            stacks.createStack(Cloud.request("s", TEMPLATE).build());
        }

        clock.advance(Duration.ofSeconds(90));

        try (CloudFormationClient later = cloud.stacks(cloud.assume(Cloud.ROLE), Region.US_EAST_1)) {
            Cloud.await()
                    .untilAsserted(() -> assertThat(later.describeStackEvents(r -> r.stackName("s"))
                                    .stackEvents())
                            .extracting(StackEvent::resourceStatusReason)
                            .contains("The security token included in the request is expired"));
        }
    }

    @Test
    void outlivesItsCallersSessionWithARoleOfItsOwn() throws IOException {
        start(Faults.NONE);
        AwsSessionCredentials session = cloud.assume(Cloud.ROLE);
        clock.advance(Duration.ofMinutes(59));
        try (CloudFormationClient stacks = cloud.stacks(session, Region.US_EAST_1)) {
            stacks.createStack(Cloud.request("s", TEMPLATE)
                    .roleARN("arn:aws:iam::111122223333:role/cfn")
                    .build());
        }

        Cloud.await().untilAsserted(() -> {
            clock.advance(Duration.ofSeconds(10));
            assertThat(cloud.aws.stacks().get(0).status().name()).isEqualTo("CREATE_COMPLETE");
        });
    }

    private String create(Consumer<CreateStackRequest.Builder> change) {
        CreateStackRequest.Builder request = Cloud.request("s", TEMPLATE);
        change.accept(request);
        return cloud.stacks.createStack(request.build()).stackId();
    }

    private void finishAt(String status) {
        finish("s", status);
    }

    /** Moves the clock until the stack is there. */
    private void finish(String nameOrId, String status) {
        Cloud.await().untilAsserted(() -> {
            clock.advance(Duration.ofSeconds(10));
            assertThat(cloud.describe(nameOrId).stackStatusAsString()).isEqualTo(status);
        });
    }

    private Map<String, String> resources() {
        return cloud.aws.stacks().get(0).resources();
    }

    private void awaitResources(Map<String, String> expected) {
        Cloud.await().untilAsserted(() -> assertThat(resources()).isEqualTo(expected));
    }

    private void awaitResource(String logicalId, String status) {
        Cloud.await().untilAsserted(() -> assertThat(resources()).containsEntry(logicalId, status));
    }

    private void awaitReason(String reason) {
        Cloud.await().untilAsserted(() -> assertThat(reasons("s")).contains(reason));
    }

    private List<String> reasons(String nameOrId) {
        return cloud.stacks.describeStackEvents(r -> r.stackName(nameOrId)).stackEvents().stream()
                .map(StackEvent::resourceStatusReason)
                .filter(Objects::nonNull)
                .toList();
    }

    private List<StackEvent> events() {
        return cloud.stacks.describeStackEvents(r -> r.stackName("s")).stackEvents();
    }

    /** In the order things happened. */
    private List<String> eventLines() {
        List<String> lines = new ArrayList<>(events().stream()
                .map(e -> e.logicalResourceId() + " " + e.resourceStatusAsString()
                        + (e.resourceStatusReason() == null ? "" : " " + e.resourceStatusReason()))
                .toList());
        Collections.reverse(lines);
        return lines;
    }
}
