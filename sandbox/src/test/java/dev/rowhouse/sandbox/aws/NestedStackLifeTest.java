package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.sandbox.aws.cloudformation.SeenStack;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.OnFailure;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** By a clock that only the test moves: a stack takes 70 seconds, of which the one within it takes 60. */
class NestedStackLifeTest {
    private static final String PARENT = """
            Resources:
              Data:
                Type: AWS::CloudFormation::Stack
                Properties: {TemplateURL: 'https://s3.amazonaws.com/acme/child.yaml'}
              Topic: {Type: AWS::SNS::Topic}
            """;
    private static final String CHILD = """
            Resources:
              Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: db}}
              Db:
                Type: AWS::RDS::DBInstance
                Properties:
                  Engine: postgres
                  DBInstanceClass: db.t4g.micro
                  AllocatedStorage: 20
                  MasterUsername: acme
                  MasterUserPassword: long-enough
                  VPCSecurityGroups: [!GetAtt Group.GroupId]
            """;

    private final SettableClock clock = new SettableClock();
    private final InMemoryDatabases databases = new InMemoryDatabases();
    private Cloud cloud;

    private void start(Faults faults) throws IOException {
        cloud = new Cloud(Cloud.options()
                .clock(clock)
                .stackPace(Duration.ofSeconds(70))
                .databases(Map.of("postgres", databases))
                .faults(faults));
        cloud.aws.putObject("acme", "child.yaml", CHILD);
    }

    @AfterEach
    void stop() {
        databases.open();
        cloud.close();
    }

    @Test
    void takesAShareOfItsParentsTime() throws IOException {
        start(Faults.NONE);
        cloud.create("s", PARENT);
        awaitResource(1, "Group", "CREATE_IN_PROGRESS");
        clock.advance(Duration.ofSeconds(8));
        awaitResource(1, "Db", "CREATE_IN_PROGRESS");
        clock.advance(Duration.ofSeconds(45));
        awaitResource(1, "Db", "CREATE_COMPLETE");
        assertThat(seen(0).resources()).containsEntry("Data", "CREATE_IN_PROGRESS");
        clock.advance(Duration.ofSeconds(8));
        awaitResource(0, "Data", "CREATE_COMPLETE");
        assertThat(seen(0).status().name()).isEqualTo("CREATE_IN_PROGRESS");
        clock.advance(Duration.ofSeconds(10));

        cloud.awaitStatus("s", "CREATE_COMPLETE");
    }

    @Test
    void isCancelledAndRemovedWhenItsParentFails() throws IOException {
        start(Faults.creating("Topic", "no topics"));
        databases.shut();
        cloud.create(
                "s", PARENT.replace("SNS::Topic", "SNS::Topic, DependsOn: Wait") + "  Wait: {Type: AWS::SNS::Topic}\n");
        awaitResource(1, "Group", "CREATE_IN_PROGRESS");
        clock.advance(Duration.ofSeconds(10));
        awaitResource(1, "Db", "CREATE_IN_PROGRESS");
        awaitResource(0, "Topic", "CREATE_IN_PROGRESS");
        // The topics, which are younger, go first.
        Cloud.await().untilAsserted(() -> {
            clock.advance(Duration.ofSeconds(10));
            assertThat(seen(1).resources()).containsEntry("Db", "DELETE_IN_PROGRESS");
        });

        databases.open();

        finish("ROLLBACK_COMPLETE");
        assertThat(seen(1).status().name()).isEqualTo("DELETE_COMPLETE");
        assertThat(databases.made).isEmpty();
        assertThat(cloud.stacks
                        .describeStackEvents(r -> r.stackName(seen(1).id()))
                        .stackEvents())
                .extracting(StackEvent::resourceStatusReason)
                .contains("Resource creation cancelled", "The following resource(s) failed to create: [Db]. ");
    }

    @Test
    void isCancelledWhereItsParentIsLeftAsItFailed() throws IOException {
        start(Faults.creating("Topic", "no topics"));
        cloud.stacks.createStack(
                Cloud.request("s", PARENT).onFailure(OnFailure.DO_NOTHING).build());
        awaitResource(1, "Group", "CREATE_IN_PROGRESS");

        finish("CREATE_FAILED");

        assertThat(seen(1).status().name()).isEqualTo("CREATE_FAILED");
    }

    @Test
    void failsAtATimeoutOfItsOwn() throws IOException {
        start(Faults.NONE);
        databases.shut();
        cloud.create("s", PARENT.replace("child.yaml'", "child.yaml', TimeoutInMinutes: 1"));
        awaitResource(1, "Group", "CREATE_IN_PROGRESS");

        clock.advance(Duration.ofMinutes(1));

        Cloud.await()
                .untilAsserted(() -> assertThat(cloud.stacks
                                .describeStackEvents(r -> r.stackName("s"))
                                .stackEvents())
                        .extracting(StackEvent::resourceStatusReason)
                        .contains("Embedded stack " + seen(1).id() + " was not successfully created: "
                                + "Stack creation time exceeded the specified timeout. "));
    }

    @Test
    void isDeletedWithAParentThatIsStillBeingMade() throws IOException {
        start(Faults.NONE);
        String id = cloud.create("s", PARENT);
        awaitResource(1, "Group", "CREATE_IN_PROGRESS");

        cloud.stacks.deleteStack(r -> r.stackName("s"));

        Cloud.await().untilAsserted(() -> {
            clock.advance(Duration.ofSeconds(10));
            assertThat(cloud.describe(id).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
        });
        assertThat(seen(1).status().name()).isEqualTo("DELETE_COMPLETE");
    }

    /** The parent is the first, the stack within it the second. */
    private SeenStack seen(int index) {
        return cloud.aws.stacks().get(index);
    }

    private void awaitResource(int index, String logicalId, String status) {
        Cloud.await().untilAsserted(() -> {
            assertThat(cloud.aws.stacks()).hasSizeGreaterThan(index);
            assertThat(seen(index).resources()).containsEntry(logicalId, status);
        });
    }

    private void finish(String status) {
        Cloud.await().untilAsserted(() -> {
            clock.advance(Duration.ofSeconds(10));
            assertThat(cloud.describe("s").stackStatusAsString()).isEqualTo(status);
        });
    }
}
