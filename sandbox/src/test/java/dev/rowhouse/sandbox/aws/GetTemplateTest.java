package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateResponse;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateSummaryResponse;
import software.amazon.awssdk.services.cloudformation.model.ParameterConstraints;
import software.amazon.awssdk.services.cloudformation.model.ParameterDeclaration;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;

class GetTemplateTest {
    private static final String TEMPLATE = """
            # As it was written, <comments> & all.
            AWSTemplateFormatVersion: '2010-09-09'
            Description: a role and two topics
            Metadata:
              AWS::CloudFormation::Interface: {ParameterGroups: [{Label: {default: Whose}, Parameters: [Name]}]}
            Parameters:
              Name: {Type: String, Default: acme, AllowedValues: [acme, other], Description: whose}
              Subnets: {Type: 'List<AWS::EC2::Subnet::Id>', NoEcho: true}
            Resources:
              Role: {Type: AWS::IAM::Role, Properties: {RoleName: !Ref Name, AssumeRolePolicyDocument: {}}}
              One: {Type: AWS::SNS::Topic}
              Two: {Type: AWS::SNS::Topic}
            """;

    private static Cloud cloud;
    private static String deleted;

    @BeforeAll
    static void start() throws IOException {
        cloud = Cloud.fast();
        deleted = create("gone");
        cloud.stacks.deleteStack(r -> r.stackName("gone"));
        cloud.awaitStatus(deleted, "DELETE_COMPLETE");
        create("one");
    }

    private static String create(String name) {
        return cloud.stacks
                .createStack(Cloud.request(name, TEMPLATE)
                        .parameters(Cloud.parameter("Subnets", "subnet-1,subnet-2"))
                        .capabilitiesWithStrings("CAPABILITY_NAMED_IAM")
                        .build())
                .stackId();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void givesATemplateAsItCame() {
        GetTemplateResponse got = cloud.stacks.getTemplate(r -> r.stackName("one"));

        assertThat(got.templateBody()).isEqualTo(TEMPLATE);
        assertThat(got.stagesAvailable()).containsExactly(TemplateStage.ORIGINAL, TemplateStage.PROCESSED);
    }

    @Test
    void givesADeletedStacksTemplateByItsId() {
        assertThat(cloud.stacks.getTemplate(r -> r.stackName(deleted)).templateBody())
                .isEqualTo(TEMPLATE);
        assertThatThrownBy(() -> cloud.stacks.getTemplate(r -> r.stackName("gone")))
                .hasMessageContaining("Stack with id gone does not exist");
    }

    @Test
    void refusesAStageThatThereIsNot() {
        assertThatThrownBy(
                        () -> cloud.stacks.getTemplate(r -> r.stackName("one").templateStage("Raw")))
                .hasMessageContaining("Member must satisfy enum value set: [Original, Processed]");
    }

    @Test
    void refusesAChangeSet() {
        assertThatThrownBy(
                        () -> cloud.stacks.getTemplate(r -> r.stackName("one").changeSetName("c")))
                .hasMessageContaining("ChangeSetName is not supported by the sandbox's stand-in");
    }

    @Test
    void summarisesATemplate() {
        GetTemplateSummaryResponse summary = cloud.stacks.getTemplateSummary(r -> r.templateBody(TEMPLATE));

        assertThat(summary.parameters())
                .containsExactly(
                        ParameterDeclaration.builder()
                                .parameterKey("Name")
                                .defaultValue("acme")
                                .parameterType("String")
                                .noEcho(false)
                                .description("whose")
                                .parameterConstraints(ParameterConstraints.builder()
                                        .allowedValues("acme", "other")
                                        .build())
                                .build(),
                        ParameterDeclaration.builder()
                                .parameterKey("Subnets")
                                .parameterType("List<AWS::EC2::Subnet::Id>")
                                .noEcho(true)
                                .parameterConstraints(
                                        ParameterConstraints.builder().build())
                                .build());
        assertThat(summary.description()).isEqualTo("a role and two topics");
        assertThat(summary.capabilitiesAsStrings()).containsExactly("CAPABILITY_NAMED_IAM");
        assertThat(summary.capabilitiesReason())
                .isEqualTo("The following resource(s) require capabilities: [AWS::IAM::Role]");
        assertThat(summary.resourceTypes()).containsExactly("AWS::IAM::Role", "AWS::SNS::Topic");
        assertThat(summary.version()).isEqualTo("2010-09-09");
        assertThat(summary.metadata())
                .isEqualTo(
                        "{\"AWS::CloudFormation::Interface\":{\"ParameterGroups\":[{\"Label\":{\"default\":\"Whose\"},"
                                + "\"Parameters\":[\"Name\"]}]}}");
        assertThat(summary.declaredTransforms()).isEmpty();
    }

    @Test
    void summarisesWhatAUrlOrAStackNames() {
        String url = cloud.aws.putObject("templates", "t.yaml", TEMPLATE).toString();
        GetTemplateSummaryResponse expected = cloud.stacks.getTemplateSummary(r -> r.templateBody(TEMPLATE));

        assertThat(cloud.stacks.getTemplateSummary(r -> r.templateURL(url))).hasToString(expected.toString());
        assertThat(cloud.stacks.getTemplateSummary(r -> r.stackName("one"))).hasToString(expected.toString());
        assertThat(cloud.stacks.getTemplateSummary(r -> r.stackName(deleted))).hasToString(expected.toString());
    }

    @Test
    void summarisesOneTemplateAtATime() {
        assertThatThrownBy(() -> cloud.stacks.getTemplateSummary(r -> {}))
                .hasMessageContaining("Exactly one of StackName, TemplateBody and TemplateURL must be specified.");
        assertThatThrownBy(() -> cloud.stacks.getTemplateSummary(
                        r -> r.templateBody(TEMPLATE).stackName("one")))
                .hasMessageContaining("Exactly one of StackName, TemplateBody and TemplateURL must be specified.");
    }

    @Test
    void refusesToSummariseWhatIsNoTemplate() {
        assertThatThrownBy(() -> cloud.stacks.getTemplateSummary(r -> r.templateBody("Resources: {T: {Type: Topic}}")))
                .hasMessageContaining("Template format error: Unrecognized resource types: [Topic]");
    }
}
