package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.ListStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;

class StackReadsTest {
    private static final String TEMPLATE = """
            Parameters:
              Password: {Type: String, NoEcho: true, Default: swordfish}
            Resources:
              Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Password}}
            """;

    private Cloud cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = Cloud.fast();
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void listsAHundredStacksAPage() {
        for (int i = 0; i < 101; i++) {
            cloud.create("s" + i, TEMPLATE);
        }

        ListStacksResponse first = cloud.stacks.listStacks(r -> {});
        cloud.create("meanwhile", TEMPLATE);
        ListStacksResponse second = cloud.stacks.listStacks(r -> r.nextToken(first.nextToken()));

        assertThat(first.stackSummaries()).hasSize(100);
        assertThat(first.stackSummaries().get(0).stackName()).isEqualTo("s100");
        assertThat(second.stackSummaries()).extracting(StackSummary::stackName).containsExactly("s0");
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void listsOnlyTheStatusesAskedFor() {
        cloud.create("kept", TEMPLATE);
        String gone = cloud.create("gone", TEMPLATE);
        cloud.awaitStatus("kept", "CREATE_COMPLETE");
        cloud.stacks.deleteStack(r -> r.stackName("gone"));
        cloud.awaitStatus(gone, "DELETE_COMPLETE");

        List<StackSummary> deleted = cloud.stacks
                .listStacks(r -> r.stackStatusFilters(StackStatus.DELETE_COMPLETE))
                .stackSummaries();

        assertThat(deleted).extracting(StackSummary::stackId).containsExactly(gone);
        assertThat(deleted.get(0).deletionTime()).isNotNull();
    }

    @Test
    void refusesAStatusThatThereIsNot() {
        assertThatThrownBy(() -> cloud.stacks.listStacks(r -> r.stackStatusFiltersWithStrings("DONE")))
                .hasMessageContaining("'stackStatusFilter' failed to satisfy constraint");
    }

    @Test
    void refusesATokenThatItNeverGave() {
        assertThatThrownBy(() -> cloud.stacks.listStacks(r -> r.nextToken("guess")))
                .hasMessageContaining("Invalid pagination token");
    }

    @Test
    void describesADeletedStackByIdOnly() {
        String id = cloud.create("gone", TEMPLATE);
        cloud.stacks.deleteStack(r -> r.stackName("gone"));

        cloud.awaitStatus(id, "DELETE_COMPLETE");

        assertThatThrownBy(() -> cloud.describe("gone")).hasMessageContaining("Stack with id gone does not exist");
    }

    @Test
    void describesEveryStackThatExists() {
        cloud.create("one", TEMPLATE);
        cloud.create("two", TEMPLATE);

        assertThat(cloud.stacks.describeStacks().stacks())
                .extracting(Stack::stackName)
                .containsExactly("two", "one");
    }

    @Test
    void cutsDescriptionsToPagesOfAMegabyte() {
        String large = TEMPLATE + "Outputs:\n  Large: {Value: " + "x".repeat(50_000) + "}\n";
        for (int i = 0; i < 25; i++) {
            cloud.create("s" + i, large);
        }
        for (int i = 0; i < 25; i++) {
            cloud.awaitStatus("s" + i, "CREATE_COMPLETE");
        }

        assertThat(cloud.stacks.describeStacks().stacks()).hasSizeBetween(15, 24);
        assertThat(cloud.stacks.describeStacksPaginator().stacks()).hasSize(25);
    }

    @Test
    void givesEventsTheYoungestFirst() {
        cloud.create("one", TEMPLATE);
        cloud.awaitStatus("one", "CREATE_COMPLETE");

        List<StackEvent> events =
                cloud.stacks.describeStackEvents(r -> r.stackName("one")).stackEvents();

        assertThat(events)
                .extracting(e -> e.logicalResourceId() + " " + e.resourceStatusAsString())
                .containsExactly(
                        "one CREATE_COMPLETE",
                        "Topic CREATE_COMPLETE",
                        "Topic CREATE_IN_PROGRESS",
                        "Topic CREATE_IN_PROGRESS",
                        "one CREATE_IN_PROGRESS");
    }

    @Test
    void masksNoEchoInEvents() {
        cloud.create("one", TEMPLATE);
        cloud.awaitStatus("one", "CREATE_COMPLETE");

        assertThat(cloud.stacks.describeStackEvents(r -> r.stackName("one")).stackEvents())
                .extracting(StackEvent::resourceProperties)
                .contains("{\"DisplayName\":\"****\"}")
                .noneMatch(properties -> properties != null && properties.contains("swordfish"));
    }

    @Test
    void listsAHundredEventsAPage() {
        StringBuilder template = new StringBuilder("Resources:\n");
        for (int i = 0; i < 40; i++) {
            template.append("  T").append(i).append(": {Type: AWS::SNS::Topic}\n");
        }
        cloud.create("one", template.toString());
        cloud.awaitStatus("one", "CREATE_COMPLETE");

        assertThat(cloud.stacks.describeStackEvents(r -> r.stackName("one")).stackEvents())
                .hasSize(100);
        assertThat(cloud.stacks
                        .describeStackEventsPaginator(r -> r.stackName("one"))
                        .stackEvents())
                .hasSize(122);
    }

    @Test
    void listsResourcesWithTheirIds() {
        cloud.create("one", TEMPLATE);
        cloud.awaitStatus("one", "CREATE_COMPLETE");

        List<StackResourceSummary> resources =
                cloud.stacks.listStackResources(r -> r.stackName("one")).stackResourceSummaries();

        assertThat(resources).singleElement().satisfies(topic -> {
            assertThat(topic.logicalResourceId()).isEqualTo("Topic");
            assertThat(topic.resourceType()).isEqualTo("AWS::SNS::Topic");
            assertThat(topic.resourceStatusAsString()).isEqualTo("CREATE_COMPLETE");
            assertThat(topic.physicalResourceId()).startsWith("arn:aws:sns:us-east-1:000000000000:one-Topic-");
        });
    }

    @Test
    void knowsNoEventsOfAnUnknownStack() {
        assertThatThrownBy(() -> cloud.stacks.describeStackEvents(r -> r.stackName("nope")))
                .hasMessageContaining("Stack [nope] does not exist");
    }

    @Test
    void knowsNoResourcesOfAnUnknownStack() {
        assertThatThrownBy(() -> cloud.stacks.listStackResources(r -> r.stackName("nope")))
                .hasMessageContaining("Stack with id nope does not exist");
    }

    @Test
    void keepsRegionsApart() {
        cloud.create("one", TEMPLATE);

        try (CloudFormationClient other = cloud.stacks(Cloud.BASE, Region.EU_WEST_1)) {
            assertThat(other.describeStacks().stacks()).isEmpty();
        }
    }

    @Test
    void keepsAccountsApart() {
        String id = cloud.create("one", TEMPLATE);

        try (CloudFormationClient other = cloud.stacks(cloud.assume(Cloud.ROLE), Region.US_EAST_1)) {
            assertThatThrownBy(() -> other.describeStacks(r -> r.stackName(id))).hasMessageContaining("does not exist");
        }
    }
}
