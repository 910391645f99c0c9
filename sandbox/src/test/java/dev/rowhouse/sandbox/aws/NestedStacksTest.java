package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.OnFailure;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;
import software.amazon.awssdk.services.cloudformation.model.Tag;

class NestedStacksTest {
    private static final String PARENT = """
            Parameters: {Env: {Type: String, Default: dev}}
            Resources:
              Network:
                Type: AWS::CloudFormation::Stack
                Properties:
                  TemplateURL: https://s3.eu-west-1.amazonaws.com/acme/child.yaml
                  Parameters: {Name: !Sub '${Env}-net', Size: 24}
                  Tags: [{Key: part, Value: network}]
              After: {Type: AWS::S3::Bucket, Properties: {BucketName: !GetAtt Network.Outputs.Name}}
            Outputs:
              Topic: {Value: !Sub 'the topic ${Network.Outputs.Topic}'}
              Id: {Value: !Ref Network}
            """;
    private static final String CHILD = """
            Parameters: {Name: {Type: String}, Size: {Type: Number, Default: 16}}
            Resources:
              Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Name}}
            Outputs:
              Topic: {Value: !GetAtt Topic.TopicName}
              Name: {Value: !Sub '${Name}-${Size}'}
            """;

    private final Set<String> stuck = ConcurrentHashMap.newKeySet();
    private Cloud cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = new Cloud(Cloud.options().stackLimit(8).faults(new Faults() {
            @Override
            public Optional<String> onResource(String stackName, String logicalId, Phase phase) {
                return stuck.contains(phase + " " + logicalId) ? Optional.of("it is stuck") : Optional.empty();
            }
        }));
        cloud.aws.putObject("acme", "child.yaml", CHILD);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void givesTheOutputsOfTheStackWithin() {
        cloud.create("house", PARENT);

        Stack parent = cloud.awaitStatus("house", "CREATE_COMPLETE");

        assertThat(parent.outputs())
                .extracting(o -> o.outputKey() + "=" + o.outputValue())
                .containsExactly("Topic=the topic dev-net", "Id=" + nested().stackId());
        assertThat(resources("house"))
                .extracting(StackResourceSummary::physicalResourceId)
                .containsExactly("dev-net-24", nested().stackId());
    }

    @Test
    void describesAStackWithinAnother() {
        create(r -> r.tags(tag("tenant", "acme"), tag("part", "all"))
                .capabilitiesWithStrings("CAPABILITY_IAM")
                .roleARN("arn:aws:iam::000000000000:role/cfn"));
        Stack parent = cloud.awaitStatus("house", "CREATE_COMPLETE");

        Stack child = nested();

        assertThat(child.stackName()).matches("house-Network-[A-Z2-7]{12}");
        assertThat(child.parentId()).isEqualTo(parent.stackId());
        assertThat(child.rootId()).isEqualTo(parent.stackId());
        assertThat(child.tags()).containsExactly(tag("tenant", "acme"), tag("part", "network"));
        assertThat(child.capabilitiesAsStrings()).containsExactly("CAPABILITY_IAM");
        assertThat(child.roleARN()).isEqualTo(parent.roleARN());
        assertThat(child.disableRollback()).isFalse();
        assertThat(child.parameters())
                .extracting(p -> p.parameterKey() + "=" + p.parameterValue())
                .containsExactly("Name=dev-net", "Size=24");
        assertThat(parent.parentId()).isNull();
        assertThat(parent.rootId()).isNull();
    }

    @Test
    void listsAStackWithinAnotherWithItsOwnEvents() {
        cloud.create("house", PARENT);
        Stack parent = cloud.awaitStatus("house", "CREATE_COMPLETE");

        List<StackSummary> all = cloud.stacks.listStacks().stackSummaries();

        assertThat(all).extracting(StackSummary::parentId).containsExactly(parent.stackId(), null);
        assertThat(lines(all.get(0).stackId()))
                .containsExactly(
                        all.get(0).stackName() + " CREATE_IN_PROGRESS User Initiated",
                        "Topic CREATE_IN_PROGRESS",
                        "Topic CREATE_IN_PROGRESS Resource creation Initiated",
                        "Topic CREATE_COMPLETE",
                        all.get(0).stackName() + " CREATE_COMPLETE");
        assertThat(lines("house"))
                .contains(
                        "Network CREATE_IN_PROGRESS",
                        "Network CREATE_IN_PROGRESS Resource creation Initiated",
                        "Network CREATE_COMPLETE")
                .noneMatch(line -> line.startsWith("Topic"));
    }

    @Test
    void nestsThroughSeveralFloors() {
        cloud.aws.putObject("acme", "child.yaml", CHILD.replace("Outputs:", """
                  Deeper:
                    Type: AWS::CloudFormation::Stack
                    Properties: {TemplateURL: 'https://acme.s3.amazonaws.com/grandchild.yaml'}
                Outputs:"""));
        cloud.aws.putObject("acme", "grandchild.yaml", "Resources: {T: {Type: AWS::SNS::Topic}}");
        cloud.create("house", PARENT);
        Stack root = cloud.awaitStatus("house", "CREATE_COMPLETE");

        List<Stack> all = cloud.stacks.describeStacks().stacks();

        assertThat(all).hasSize(3);
        assertThat(all.get(0).parentId()).isEqualTo(all.get(1).stackId());
        assertThat(all.get(0).rootId()).isEqualTo(root.stackId());
    }

    @Test
    void failsWithTheStackWithin() {
        stuck.add("CREATE Topic");
        cloud.create("house", PARENT);

        Stack parent = cloud.awaitStatus("house", "ROLLBACK_COMPLETE");

        StackSummary child = cloud.stacks.listStacks().stackSummaries().get(0);
        assertThat(lines("house"))
                .contains(
                        "Network CREATE_FAILED Embedded stack " + child.stackId()
                                + " was not successfully created: The following resource(s) failed to create: [Topic]. ",
                        "house ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Network]. "
                                + "Rollback requested by user.",
                        "Network DELETE_COMPLETE");
        assertThat(lines(child.stackId()))
                .contains(
                        "Topic CREATE_FAILED it is stuck",
                        child.stackName() + " CREATE_FAILED The following resource(s) failed to create: [Topic]. ",
                        child.stackName() + " DELETE_COMPLETE");
        assertThat(parent.stackStatusReason()).isNull();
    }

    @Test
    void leavesTheStackWithinWhereTheParentIsLeft() {
        stuck.add("CREATE Topic");
        create(r -> r.onFailure(OnFailure.DO_NOTHING));

        cloud.awaitStatus("house", "CREATE_FAILED");

        assertThat(nested().stackStatusAsString()).isEqualTo("CREATE_FAILED");
    }

    @Test
    void failsAsAResourceBeforeThereIsAStack() {
        stuck.add("CREATE Network");
        cloud.create("house", PARENT);

        cloud.awaitStatus("house", "ROLLBACK_COMPLETE");

        assertThat(lines("house")).contains("Network CREATE_FAILED it is stuck");
        assertThat(cloud.aws.stacks()).hasSize(1);
    }

    @Test
    void deletesTheStackWithinWithItsParent() {
        String id = cloud.create("house", PARENT);
        cloud.awaitStatus("house", "CREATE_COMPLETE");
        String child = nested().stackId();

        cloud.stacks.deleteStack(r -> r.stackName("house"));

        cloud.awaitStatus(id, "DELETE_COMPLETE");
        assertThat(cloud.describe(child).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    }

    @Test
    void cannotBeDeletedWhileTheStackWithinCannot() {
        cloud.create("house", PARENT);
        cloud.awaitStatus("house", "CREATE_COMPLETE");
        stuck.add("DELETE Topic");

        cloud.stacks.deleteStack(r -> r.stackName("house"));

        assertThat(cloud.awaitStatus("house", "DELETE_FAILED").stackStatusReason())
                .isEqualTo("The following resource(s) failed to delete: [Network]. ");
        assertThat(lines("house"))
                .contains("Network DELETE_FAILED Embedded stack " + nested().stackId()
                        + " was not successfully deleted: The following resource(s) failed to delete: [Topic]. ");

        stuck.clear();
        String id = cloud.describe("house").stackId();
        cloud.stacks.deleteStack(r -> r.stackName("house"));
        cloud.awaitStatus(id, "DELETE_COMPLETE");
    }

    @Test
    void keepsAStackThatItsParentRetains() {
        String id = cloud.create("house", PARENT.replace("Stack\n", "Stack\n    DeletionPolicy: Retain\n"));
        cloud.awaitStatus("house", "CREATE_COMPLETE");
        String child = nested().stackId();

        cloud.stacks.deleteStack(r -> r.stackName("house"));

        cloud.awaitStatus(id, "DELETE_COMPLETE");
        assertThat(cloud.describe(child).stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    }

    @Test
    void isProtectedAsItsRootIs() {
        create(r -> r.enableTerminationProtection(true));
        cloud.awaitStatus("house", "CREATE_COMPLETE");
        String child = nested().stackId();

        assertThat(nested().enableTerminationProtection()).isTrue();
        assertThatThrownBy(() -> cloud.stacks.deleteStack(r -> r.stackName(child)))
                .hasMessageContaining("Stack [house] cannot be deleted while TerminationProtection is enabled");
        assertThatThrownBy(() -> cloud.stacks.updateTerminationProtection(
                        r -> r.stackName(child).enableTerminationProtection(false)))
                .hasMessageContaining("is nested: its termination protection is that of its root stack [house]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "acme/child.yaml | acme/none.yaml | S3 error: The specified key does not exist.",
                "https://s3.eu-west-1.amazonaws.com | https://example.org | TemplateURL must be a supported URL.",
                "TemplateURL | TemplateUrl | Encountered unsupported property TemplateUrl",
                "Tags: [ | NotificationARNs: [ | The property NotificationARNs of a nested stack is not supported",
                "{Name: | {Nme: | Parameters: [Nme] do not exist in the template",
                "{Name: !Sub '${Env}-net', Size: 24} | {} | Parameters: [Name] must have values",
                "Size: 24 | Size: tall | Parameter 'Size' must be a number.",
                "Size: 24 | Size: [24] | Value of property Parameters must be an object with String",
                "{Name: !Sub '${Env}-net', Size: 24} | text | Value of property Parameters must be an object",
                "Value: network | Worth: network | Every member of the property Tags must be an object with Key and Value",
                "Tags: [{Key: part, Value: network}] | TimeoutInMinutes: soon | Value of property TimeoutInMinutes must be",
            })
    void saysWhatIsWrongWithTheStackWithin(String part, String wrong, String reason) {
        cloud.create("house", PARENT.replace(part, wrong));

        cloud.awaitStatus("house", "ROLLBACK_COMPLETE");

        assertThat(reasonsOf("Network")).first().asString().contains(reason);
    }

    @Test
    void saysWhatIsWrongWithTheTemplateWithin() {
        cloud.aws.putObject("acme", "child.yaml", "Resources: {T: {Type: Topic}}");
        cloud.create("house", PARENT);

        cloud.awaitStatus("house", "ROLLBACK_COMPLETE");

        assertThat(reasonsOf("Network")).containsExactly("Template format error: Unrecognized resource types: [Topic]");
    }

    @Test
    void needsTheParentsCapabilities() {
        cloud.aws.putObject(
                "acme", "child.yaml", CHILD.replace("Outputs:", "  Role: {Type: AWS::IAM::Role}\nOutputs:"));
        cloud.create("house", PARENT);

        cloud.awaitStatus("house", "ROLLBACK_COMPLETE");

        assertThat(reasonsOf("Network")).containsExactly("Requires capabilities : [CAPABILITY_IAM]");
    }

    @Test
    void saysWhichOutputThereIsNot() {
        cloud.create("house", PARENT.replace("Outputs.Name", "Outputs.Nme"));

        cloud.awaitStatus("house", "ROLLBACK_COMPLETE");

        assertThat(reasonsOf("After"))
                .singleElement()
                .asString()
                .startsWith(
                        "Output 'Nme' not found in stack 'arn:aws:cloudformation:us-east-1:000000000000:stack/house-N");
    }

    @Test
    void rollsBackWhereAnOutputOfItsOwnAsksForWhatThereIsNot() {
        cloud.create("house", PARENT.replace("Outputs.Topic", "Outputs.Tpic"));

        cloud.awaitStatus("house", "ROLLBACK_COMPLETE");

        assertThat(lines("house"))
                .anyMatch(line -> line.startsWith("house ROLLBACK_IN_PROGRESS Output 'Tpic' not found in stack 'arn:"));
    }

    @Test
    void refusesAnAttributeThatIsNoOutput() {
        assertThatThrownBy(() -> cloud.create("house", PARENT.replace("Network.Outputs.Name", "Network.Name")))
                .hasMessageContaining("resource Network does not support attribute type Name in Fn::GetAtt");
    }

    @Test
    void endsATemplateThatNamesItself() {
        cloud.aws.putObject("acme", "child.yaml", """
                Resources:
                  Again:
                    Type: AWS::CloudFormation::Stack
                    Properties: {TemplateURL: 'https://s3.amazonaws.com/acme/child.yaml'}
                """);
        cloud.stacks.createStack(r -> r.stackName("house").templateURL("https://s3.amazonaws.com/acme/child.yaml"));

        cloud.awaitStatus("house", "ROLLBACK_COMPLETE");

        assertThat(cloud.aws.stacks()).hasSize(6);
        assertThat(reasonsOf(cloud.aws.stacks().get(5).id(), "Again"))
                .containsExactly("Stacks nested more than 5 deep are not supported by the sandbox's stand-in for AWS");
    }

    @Test
    void countsTowardsTheLimit() {
        for (int i = 0; i < 7; i++) {
            cloud.create("s" + i, "Resources: {T: {Type: AWS::SNS::Topic}}");
        }
        cloud.create("house", PARENT);

        cloud.awaitStatus("house", "ROLLBACK_COMPLETE");

        assertThat(reasonsOf("Network")).first().asString().contains("Limit for stack has been exceeded");
    }

    @Test
    void importsWhatASiblingExports() {
        cloud.aws.putObject(
                "acme", "child.yaml", CHILD.replace("Topic.TopicName}", "Topic.TopicName, Export: {Name: t}}"));
        cloud.aws.putObject("acme", "user.yaml", """
                Resources: {T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !ImportValue t}}}
                Outputs: {Imported: {Value: !ImportValue t}}
                """);
        String id = cloud.create("house", PARENT.replace("Outputs:\n", """
                  User:
                    Type: AWS::CloudFormation::Stack
                    DependsOn: Network
                    Properties: {TemplateURL: 'https://s3.amazonaws.com/acme/user.yaml'}
                Outputs:
                  Imported: {Value: !GetAtt User.Outputs.Imported}
                """));
        assertThat(cloud.awaitStatus("house", "CREATE_COMPLETE").outputs())
                .extracting(o -> o.outputKey() + "=" + o.outputValue())
                .contains("Imported=dev-net");

        cloud.stacks.deleteStack(r -> r.stackName("house"));

        cloud.awaitStatus(id, "DELETE_COMPLETE");
    }

    @Test
    void staysWithItsParentWhileAStrangerImportsWhatItExports() {
        cloud.aws.putObject(
                "acme", "child.yaml", CHILD.replace("Topic.TopicName}", "Topic.TopicName, Export: {Name: t}}"));
        cloud.create("house", PARENT);
        cloud.awaitStatus("house", "CREATE_COMPLETE");
        String child = nested().stackId();
        cloud.create("stranger", "Resources: {T: {Type: AWS::SNS::Topic, Properties: {DisplayName: !ImportValue t}}}");
        cloud.awaitStatus("stranger", "CREATE_COMPLETE");

        cloud.stacks.deleteStack(r -> r.stackName("house"));

        cloud.awaitStatus("house", "DELETE_FAILED");
        assertThat(reasonsOf("Network"))
                .containsExactly("Embedded stack " + child + " was not successfully deleted: Delete canceled. "
                        + "Cannot delete export t as it is in use by stranger.");
        assertThat(cloud.describe(child).stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private void create(Consumer<CreateStackRequest.Builder> change) {
        CreateStackRequest.Builder request = Cloud.request("house", PARENT);
        change.accept(request);
        cloud.stacks.createStack(request.build());
    }

    private Stack nested() {
        return cloud.stacks.describeStacks().stacks().get(0);
    }

    private List<StackResourceSummary> resources(String stack) {
        return cloud.stacks.listStackResources(r -> r.stackName(stack)).stackResourceSummaries();
    }

    private List<String> reasonsOf(String logicalId) {
        return reasonsOf("house", logicalId);
    }

    private List<String> reasonsOf(String stack, String logicalId) {
        return events(stack).stream()
                .filter(e -> e.logicalResourceId().equals(logicalId)
                        && e.resourceStatusAsString().endsWith("FAILED"))
                .map(StackEvent::resourceStatusReason)
                .filter(Objects::nonNull)
                .toList();
    }

    private List<String> lines(String stack) {
        return events(stack).stream()
                .map(e -> e.logicalResourceId() + " " + e.resourceStatusAsString()
                        + (e.resourceStatusReason() == null ? "" : " " + e.resourceStatusReason()))
                .toList();
    }

    /** In the order things happened. */
    private List<StackEvent> events(String stack) {
        List<StackEvent> events = new ArrayList<>(
                cloud.stacks.describeStackEvents(r -> r.stackName(stack)).stackEvents());
        Collections.reverse(events);
        return events;
    }
}
