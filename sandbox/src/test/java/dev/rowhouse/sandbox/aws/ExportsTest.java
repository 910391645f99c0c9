package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

class ExportsTest {
    private static final String EXPORTING = """
            Resources: {T: {Type: AWS::SNS::Topic}}
            Outputs: {Id: {Value: vpc-1, Export: {Name: !Sub 'shared:vpc'}}}
            """;
    private static final String IMPORTING = """
            Parameters: {What: {Type: String, Default: vpc}}
            Resources:
              B: {Type: AWS::S3::Bucket, Properties: {BucketName: !Join ['-', [a, !ImportValue {'Fn::Sub': 'shared:${What}'}]]}}
            Outputs: {Id: {Value: !ImportValue 'shared:vpc'}}
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
    void givesAnotherStackWhatIsExported() {
        create("one", EXPORTING);

        cloud.create("two", IMPORTING);

        assertThat(cloud.awaitStatus("two", "CREATE_COMPLETE").outputs().get(0).outputValue())
                .isEqualTo("vpc-1");
        assertThat(cloud.stacks.listStackResources(r -> r.stackName("two")).stackResourceSummaries())
                .extracting(StackResourceSummary::physicalResourceId)
                .containsExactly("a-vpc-1");
    }

    @Test
    void rollsBackWhatImportsNothing() {
        cloud.create("two", IMPORTING);

        cloud.awaitStatus("two", "ROLLBACK_COMPLETE");

        assertThat(reasonsOf("two"))
                .containsExactly("No export named shared:vpc found. Rollback requested by user.", "User Initiated");
        assertThat(cloud.aws.stacks().get(0).resources()).isEmpty();
    }

    @Test
    void keepsExportsToTheirRegion() {
        create("one", EXPORTING);

        try (CloudFormationClient elsewhere = cloud.stacks(Cloud.BASE, Region.EU_WEST_1)) {
            elsewhere.createStack(Cloud.request("two", IMPORTING).build());
            Cloud.await()
                    .untilAsserted(() -> assertThat(elsewhere
                                    .describeStacks(r -> r.stackName("two"))
                                    .stacks()
                                    .get(0)
                                    .stackStatusAsString())
                            .isEqualTo("ROLLBACK_COMPLETE"));
        }
    }

    @Test
    void keepsAStackWhoseExportIsInUse() {
        create("one", EXPORTING);
        create("two", IMPORTING);
        create("three", IMPORTING.replace("a, !Imp", "b, !Imp"));

        cloud.stacks.deleteStack(r -> r.stackName("one"));

        Cloud.await()
                .untilAsserted(() -> assertThat(cloud.describe("one").stackStatusReason())
                        .isEqualTo(
                                "Delete canceled. Cannot delete export shared:vpc as it is in use by three and two."));
        assertThat(cloud.describe("one").stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    }

    @Test
    void deletesAStackWhoseExportIsNoLongerInUse() {
        String one = create("one", EXPORTING);
        String two = create("two", IMPORTING);
        cloud.stacks.deleteStack(r -> r.stackName("two"));
        cloud.awaitStatus(two, "DELETE_COMPLETE");

        cloud.stacks.deleteStack(r -> r.stackName("one"));

        cloud.awaitStatus(one, "DELETE_COMPLETE");
    }

    private String create(String name, String template) {
        String id = cloud.create(name, template);
        cloud.awaitStatus(name, "CREATE_COMPLETE");
        return id;
    }

    private List<String> reasonsOf(String stack) {
        return cloud.stacks.describeStackEvents(r -> r.stackName(stack)).stackEvents().stream()
                .map(StackEvent::resourceStatusReason)
                .filter(Objects::nonNull)
                .toList();
    }
}
