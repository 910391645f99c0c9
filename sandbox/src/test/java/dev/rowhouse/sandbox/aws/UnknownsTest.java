package dev.rowhouse.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DeletionMode;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** What real CloudFormation may know and the stand-in does not is never passed over. */
class UnknownsTest {
    private static final String TEMPLATE = "Resources: {T: {Type: AWS::SNS::Topic}}";

    private static Cloud cloud;

    @BeforeAll
    static void start() throws IOException {
        cloud = Cloud.fast();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    static Stream<Arguments> membersOfCreateStack() {
        return Stream.of(
                member("StackPolicyBody", r -> r.stackPolicyBody("{}")),
                member("StackPolicyURL", r -> r.stackPolicyURL("https://s3.amazonaws.com/b/p")),
                member("ResourceTypes", r -> r.resourceTypes("AWS::SNS::*")),
                member("RollbackConfiguration", r -> r.rollbackConfiguration(c -> c.monitoringTimeInMinutes(1))),
                member("RetainExceptOnCreate", r -> r.retainExceptOnCreate(true)),
                member("NotificationARNs", r -> r.notificationARNs("arn:aws:sns:us-east-1:000000000000:t")));
    }

    private static Arguments member(String name, Consumer<CreateStackRequest.Builder> asking) {
        return Arguments.of(name, asking);
    }

    @ParameterizedTest
    @MethodSource("membersOfCreateStack")
    void refusesToCreateWithWhatItWouldNotObey(String member, Consumer<CreateStackRequest.Builder> asking) {
        CreateStackRequest.Builder request = Cloud.request("never", TEMPLATE);
        asking.accept(request);

        refuses(member, () -> cloud.stacks.createStack(request.build()));
    }

    @Test
    void refusesToDeleteWithWhatItWouldNotObey() {
        refuses(
                "RetainResources",
                () -> cloud.stacks.deleteStack(r -> r.stackName("any").retainResources("T")));
        refuses(
                "DeletionMode",
                () -> cloud.stacks.deleteStack(r -> r.stackName("any").deletionMode(DeletionMode.FORCE_DELETE_STACK)));
    }

    @Test
    void refusesToSummariseWithWhatItWouldNotObey() {
        refuses("StackSetName", () -> cloud.stacks.getTemplateSummary(r -> r.stackSetName("s")));
        refuses(
                "CallAs",
                () -> cloud.stacks.getTemplateSummary(
                        r -> r.templateBody(TEMPLATE).callAs("SELF")));
        refuses(
                "TemplateSummaryConfig",
                () -> cloud.stacks.getTemplateSummary(r -> r.templateBody(TEMPLATE)
                        .templateSummaryConfig(c -> c.treatUnrecognizedResourceTypesAsWarnings(true))));
    }

    private static void refuses(String member, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(
                        "The request parameter " + member + " is not supported by the sandbox's stand-in for AWS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS::RoboMaker::Fleet",
                "AWS::CloudFormation::CustomResource",
                "AWS::CloudFormation::Macro",
                "AWS::CloudFormation::WaitCondition",
                "AWS::SNS::Topik",
                "Custom::Lookup",
                "Acme::House::MODULE"
            })
    void refusesAResourceTypeThatItDoesNotMake(String type) {
        assertThatThrownBy(() -> cloud.create("never", TEMPLATE.replace("AWS::SNS::Topic", type)))
                .hasMessageContaining("each of the resource types [" + type + "] is not supported by the sandbox's");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AWS::SNS::Topic | TopicNaem: t | #: extraneous key [TopicNaem] is not permitted",
                "AWS::EC2::SecurityGroup | VpcId: v | #: required key [GroupDescription] not found",
                "AWS::CloudFormation::WaitConditionHandle | Count: 1 | #: extraneous key [Count] is not permitted",
                "AWS::RDS::DBInstance | EngineVersoin: 8 | Encountered unsupported property EngineVersoin",
                "AWS::RDS::DBCluster | DBClusterInstanceKlass: c | Encountered unsupported property DBClusterInstanceKlass",
                "AWS::CloudFormation::Stack | TemplateBody: x | Encountered unsupported property TemplateBody",
            })
    void failsAtAPropertyThatItsTypeDoesNotHave(String type, String property, String reason) {
        String stack = "s-" + UUID.randomUUID();
        cloud.create(stack, "Resources: {R: {Type: %s, Properties: {%s}}}".formatted(type, property));

        cloud.awaitStatus(stack, "ROLLBACK_COMPLETE");

        assertThat(cloud.stacks.describeStackEvents(r -> r.stackName(stack)).stackEvents())
                .filteredOn(event -> event.resourceStatusAsString().equals("CREATE_FAILED"))
                .extracting(StackEvent::resourceStatusReason)
                .filteredOn(Objects::nonNull)
                .singleElement()
                .asString()
                .contains(reason);
    }

    /** A network and a service behind a load balancer, as templates from the wild have them. */
    @Test
    void makesWhatTemplatesFromTheWildAreMadeOf() {
        cloud.create("wild", """
                Resources:
                  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, EnableDnsSupport: true}}
                  Gateway: {Type: AWS::EC2::InternetGateway}
                  Attached:
                    Type: AWS::EC2::VPCGatewayAttachment
                    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}
                  Subnet:
                    Type: AWS::EC2::Subnet
                    Properties:
                      VpcId: !Ref Vpc
                      CidrBlock: !Select [1, !Cidr [!GetAtt Vpc.CidrBlock, 4, 8]]
                      AvailabilityZone: !Select [0, !GetAZs '']
                  Address: {Type: AWS::EC2::EIP, DependsOn: Attached, Properties: {Domain: vpc}}
                  Nat:
                    Type: AWS::EC2::NatGateway
                    Properties: {SubnetId: !Ref Subnet, AllocationId: !GetAtt Address.AllocationId}
                  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
                  Route:
                    Type: AWS::EC2::Route
                    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat}
                  Routed:
                    Type: AWS::EC2::SubnetRouteTableAssociation
                    Properties: {RouteTableId: !Ref Table, SubnetId: !Ref Subnet}
                  Group: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: d, SubnetIds: [!Ref Subnet]}}
                  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Name: front, Subnets: [!Ref Subnet]}}
                  Cluster: {Type: AWS::ECS::Cluster}
                  Task: {Type: AWS::ECS::TaskDefinition, Properties: {Family: app}}
                  Service: {Type: AWS::ECS::Service, Properties: {Cluster: !Ref Cluster, TaskDefinition: !Ref Task}}
                  Logs: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 7}}
                Outputs:
                  Cidr: {Value: !GetAtt Subnet.CidrBlock}
                  Host: {Value: !GetAtt Balancer.DNSName}
                  Task: {Value: !Ref Task}
                """);

        assertThat(cloud.awaitStatus("wild", "CREATE_COMPLETE").outputs())
                .extracting(Output::outputKey, Output::outputValue)
                .containsExactly(
                        tuple("Cidr", "10.0.1.0/24"),
                        tuple("Host", "front.us-east-1.elb.amazonaws.com"),
                        tuple("Task", "arn:aws:ecs:us-east-1:000000000000:task-definition/app:1"));
    }

    @Test
    void refusesAnAttributeThatATypeDoesNotHave() {
        assertThatThrownBy(() -> cloud.create("never", TEMPLATE + "\nOutputs: {O: {Value: !GetAtt T.Colour}}"))
                .hasMessageContaining("resource T does not support attribute type Colour in Fn::GetAtt;"
                        + " of AWS::SNS::Topic the sandbox's stand-in for AWS has only [TopicArn, TopicName]");
    }
}
