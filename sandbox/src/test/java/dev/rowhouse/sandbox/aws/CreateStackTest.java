package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.InsufficientCapabilitiesException;
import software.amazon.awssdk.services.cloudformation.model.LimitExceededException;
import software.amazon.awssdk.services.cloudformation.model.OnFailure;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.cloudformation.model.TokenAlreadyExistsException;

class CreateStackTest {
    private static final String TEMPLATE = """
            Description: a bucket
            Parameters:
              Name: {Type: String, Default: acme}
              Secret: {Type: String, NoEcho: true, Default: hidden-by-default}
            Resources:
              Bucket:
                Type: AWS::S3::Bucket
                Properties:
                  BucketName: !Sub '${Name}-data'
            Outputs:
              Bucket: {Value: !Ref Bucket, Description: where it is}
              Arn: {Value: !GetAtt Bucket.Arn}
            """;
    private static final String ROLE_TEMPLATE = """
            Resources:
              Role:
                Type: AWS::IAM::Role
                Properties: {AssumeRolePolicyDocument: {}}
            """;
    private static final String NAMED_ROLE_TEMPLATE = """
            Resources:
              Role:
                Type: AWS::IAM::Role
                Properties: {RoleName: mine}
            """;

    private Cloud cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = new Cloud(Cloud.options().stackLimit(2));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void completesWithItsOutputs() {
        cloud.create("one", TEMPLATE);

        Stack stack = cloud.awaitStatus("one", "CREATE_COMPLETE");

        assertThat(stack.outputs())
                .extracting(o -> o.outputKey() + "=" + o.outputValue())
                .containsExactly("Bucket=acme-data", "Arn=arn:aws:s3:::acme-data");
    }

    @Test
    void masksWhatIsNoEcho() {
        create(r -> r.parameters(Cloud.parameter("Secret", "swordfish"), Cloud.parameter("Name", "acme")));

        assertThat(cloud.describe("one").parameters())
                .extracting(Parameter::parameterKey, Parameter::parameterValue)
                .containsExactly(tuple("Name", "acme"), tuple("Secret", "****"));
    }

    @Test
    void recordsWhatItWasAskedFor() {
        create(r -> r.tags(Tag.builder().key("k").value("v").build())
                .capabilities(Capability.CAPABILITY_IAM)
                .roleARN("arn:aws:iam::000000000000:role/cfn")
                .timeoutInMinutes(30)
                .onFailure(OnFailure.DO_NOTHING)
                .enableTerminationProtection(true));

        Stack stack = cloud.describe("one");
        assertThat(stack.tags())
                .containsExactly(Tag.builder().key("k").value("v").build());
        assertThat(stack.capabilities()).containsExactly(Capability.CAPABILITY_IAM);
        assertThat(stack.roleARN()).isEqualTo("arn:aws:iam::000000000000:role/cfn");
        assertThat(stack.timeoutInMinutes()).isEqualTo(30);
        assertThat(stack.disableRollback()).isTrue();
        assertThat(stack.enableTerminationProtection()).isTrue();
        assertThat(stack.description()).isEqualTo("a bucket");
    }

    @Test
    void refusesANameThatIsTaken() {
        cloud.create("one", TEMPLATE);

        assertThatThrownBy(() -> cloud.create("one", TEMPLATE))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("Stack [one] already exists");
    }

    @Test
    void answersARepeatedRequestWithTheSameStack() {
        String first = create(r -> r.clientRequestToken("token-1"));

        String second = create(r -> r.clientRequestToken("token-1"));

        assertThat(second).isEqualTo(first);
        assertThat(cloud.aws.stacksMade("one")).isEqualTo(1);
    }

    @Test
    void refusesATokenThatAnotherRequestUsed() {
        create(r -> r.clientRequestToken("token-1"));

        assertThatThrownBy(
                        () -> create(r -> r.clientRequestToken("token-1").parameters(Cloud.parameter("Name", "other"))))
                .isInstanceOf(TokenAlreadyExistsException.class);
    }

    @Test
    void refusesATokenWhoseStackIsGone() {
        String id = create(r -> r.clientRequestToken("token-1"));
        cloud.stacks.deleteStack(r -> r.stackName("one"));
        cloud.awaitStatus(id, "DELETE_COMPLETE");

        assertThatThrownBy(() -> create(r -> r.clientRequestToken("token-1")))
                .isInstanceOf(TokenAlreadyExistsException.class);
    }

    @Test
    void refusesMoreStacksThanTheLimit() {
        cloud.create("one", TEMPLATE);
        cloud.create("two", TEMPLATE);

        assertThatThrownBy(() -> cloud.create("three", TEMPLATE)).isInstanceOf(LimitExceededException.class);
    }

    @Test
    void refusesIamResourcesWithoutTheCapability() {
        assertThatThrownBy(() -> cloud.create("one", ROLE_TEMPLATE))
                .isInstanceOf(InsufficientCapabilitiesException.class)
                .hasMessageContaining("Requires capabilities : [CAPABILITY_IAM]");
    }

    @Test
    void refusesNamedIamResourcesWithTheWeakerCapability() {
        assertThatThrownBy(
                        () -> create(r -> r.templateBody(NAMED_ROLE_TEMPLATE).capabilities(Capability.CAPABILITY_IAM)))
                .isInstanceOf(InsufficientCapabilitiesException.class)
                .hasMessageContaining("Requires capabilities : [CAPABILITY_NAMED_IAM]");
    }

    @Test
    void takesTheStrongerCapabilityForTheWeaker() {
        create(r -> r.templateBody(ROLE_TEMPLATE).capabilities(Capability.CAPABILITY_NAMED_IAM));

        cloud.awaitStatus("one", "CREATE_COMPLETE");
    }

    @Test
    void refusesATemplateOverTheLimitInBytes() {
        String atTheLimit = padded(51_200);
        cloud.create("one", atTheLimit);

        assertThatThrownBy(() -> cloud.create("two", padded(51_201)))
                .hasMessageContaining("'templateBody' failed to satisfy constraint: "
                        + "Member must have length less than or equal to 51200");
    }

    /** Of two-byte characters, so that characters and bytes differ. */
    private static String padded(int bytes) {
        String head = TEMPLATE + "# ";
        int left = bytes - head.length();
        return head + "é".repeat(left / 2) + "x".repeat(left % 2);
    }

    @Test
    void refusesANameOutsideTheGrammar() {
        refuses(r -> r.stackName("under_score"), "Member must satisfy regular expression pattern");
    }

    @Test
    void refusesANameOver128Characters() {
        refuses(r -> r.stackName("n".repeat(129)), "Member must have length less than or equal to 128");
    }

    @Test
    void refusesAMissingTemplate() {
        refuses(r -> r.templateBody(null), "Either Template URL or Template Body must be specified.");
    }

    @Test
    void refusesAParameterThatTheTemplateDoesNotHave() {
        refuses(r -> r.parameters(Cloud.parameter("Nme", "acme")), "Parameters: [Nme] do not exist in the template");
    }

    @Test
    void refusesAPreviousValueWhereThereIsNone() {
        refuses(
                r -> r.parameters(Parameter.builder()
                        .parameterKey("Name")
                        .usePreviousValue(true)
                        .build()),
                "UsePreviousValue");
    }

    @Test
    void refusesTagsOfAwsItself() {
        refuses(
                r -> r.tags(Tag.builder().key("aws:mine").value("v").build()),
                "aws: prefixed tag key names are not allowed");
    }

    @Test
    void refusesAServiceRoleOfAnotherAccount() {
        assertThatThrownBy(() -> create(r -> r.roleARN("arn:aws:iam::123456789012:role/cfn")))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
    }

    @Test
    void refusesBothWaysToSayWhatFollowsAFailure() {
        refuses(r -> r.onFailure(OnFailure.DELETE).disableRollback(true), "either DisableRollback or OnFailure");
    }

    @Test
    void refusesWhatItWouldNotObey() {
        refuses(r -> r.notificationARNs("arn:aws:sns:us-east-1:000000000000:t"), "NotificationARNs is not supported");
    }

    @Test
    void countsRefusedCallsToo() {
        refuses(r -> r.stackName("under_score"), "pattern");

        assertThat(cloud.aws.calls("CreateStack")).isEqualTo(1);
        assertThat(cloud.aws.stacksMade("under_score")).isZero();
    }

    @Test
    void rollsBackWhatExportsANameThatIsTaken() {
        String exporting = TEMPLATE.replace("Bucket.Arn}", "Bucket.Arn, Export: {Name: shared}}");
        cloud.create("one", exporting);
        cloud.awaitStatus("one", "CREATE_COMPLETE");

        cloud.create("two", exporting);

        assertThat(cloud.awaitStatus("two", "ROLLBACK_COMPLETE")).isNotNull();
        assertThat(reasonsOf("two"))
                .contains("Export with name shared is already exported by stack one. Rollback requested by user.");
    }

    private List<String> reasonsOf(String stack) {
        return cloud.stacks.describeStackEvents(r -> r.stackName(stack)).stackEvents().stream()
                .map(StackEvent::resourceStatusReason)
                .filter(Objects::nonNull)
                .toList();
    }

    private String create(Consumer<CreateStackRequest.Builder> change) {
        CreateStackRequest.Builder request = Cloud.request("one", TEMPLATE);
        change.accept(request);
        return cloud.stacks.createStack(request.build()).stackId();
    }

    private void refuses(Consumer<CreateStackRequest.Builder> change, String message) {
        assertThatThrownBy(() -> create(change)).isInstanceOfSatisfying(CloudFormationException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
            assertThat(e.awsErrorDetails().errorMessage()).contains(message);
        });
    }
}
