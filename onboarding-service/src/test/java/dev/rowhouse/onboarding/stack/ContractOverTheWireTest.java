package dev.rowhouse.onboarding.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rowhouse.onboarding.account.AwsConnection;
import dev.rowhouse.onboarding.account.CallBudget;
import dev.rowhouse.onboarding.account.RoleSessions;
import dev.rowhouse.onboarding.account.ScriptedAws;
import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.onboarding.lifecycle.Step;
import dev.rowhouse.onboarding.lifecycle.StepRun;
import dev.rowhouse.onboarding.lifecycle.Tenant;
import dev.rowhouse.sandbox.aws.AwsStandIn;
import dev.rowhouse.sandbox.aws.Role;
import dev.rowhouse.schema.FailureCode;
import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From registered parameters through a stack to the tenant's environment, as CloudFormation tells it. */
class ContractOverTheWireTest {

    private static final String PASSWORD = "generated1Generated2Generated3Ge";
    private static final Clock CLOCK = Clock.systemUTC();

    private static AwsStandIn aws;
    private static RoleSessions sessions;
    private static CloudFormationStacks stacks;

    @BeforeAll
    static void start() throws IOException {
        aws = AwsStandIn.start(AwsStandIn.Options.defaults()
                .roles(new Role(ScriptedAws.ACCESS.roleArn(), ScriptedAws.ACCESS.externalId()))
                .stackPace(Duration.ofMillis(20)));
        AwsConnection connection = new AwsConnection(
                Optional.of("eu-west-1"),
                Optional.of(aws.endpoint()),
                Optional.of(new AwsConnection.Login("AKIAOURS", "our-secret")));
        sessions = new RoleSessions(connection, "prod", CLOCK);
        Duration pace = Duration.ofMillis(50);
        stacks = new CloudFormationStacks(
                connection,
                sessions,
                new CallBudget(200, 50, CLOCK),
                new WatchPace(pace, pace, pace, Duration.ofMinutes(2)),
                CLOCK);
    }

    @AfterAll
    static void stop() {
        stacks.close();
        sessions.close();
        aws.close();
    }

    @Test
    void whatIsNoOutputIsTakenFromTheParameterOfItsName() throws Exception {
        TenantEnvironment environment = environment(
                """
                Parameters:
                  SubnetIds: {Type: 'List<AWS::EC2::Subnet::Id>'}
                  SecurityGroupIds: {Type: 'List<AWS::EC2::SecurityGroup::Id>'}
                  DbUser: {Type: String, Default: admin}
                  DbPass: {Type: String, NoEcho: true, MinLength: 8, MaxLength: 41}
                  DbHost: {Type: String, AllowedValues: [db.example.com]}
                  DbPort: {Type: Number, Default: 3306}
                  DbName: {Type: String}
                  DbType: {Type: String, Default: mysql}
                Resources:
                  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
                Outputs:
                  AccountId: {Value: !Ref AWS::AccountId}
                """,
                Map.of(
                        "SubnetIds", "subnet-1, subnet-2",
                        "SecurityGroupIds", "sg-1,sg-2",
                        "DbPass", "{{generated_password}}",
                        "DbHost", "db.example.com",
                        "DbName", "app_{{tenant_id}}"));

        assertThat(environment)
                .isEqualTo(new TenantEnvironment(
                        "123456789012",
                        List.of("subnet-1", "subnet-2"),
                        List.of("sg-1", "sg-2"),
                        "admin",
                        PASSWORD,
                        "db.example.com",
                        3306,
                        "app_acme",
                        TenantEnvironment.DbType.MYSQL));
    }

    @Test
    void listsMayBeJoinedWithBlanksAndNumbersBeNumbers() throws Exception {
        TenantEnvironment environment = environment("""
                {"Parameters": {"Groups": {"Type": "CommaDelimitedList"}},
                 "Resources": {"Net": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}}},
                 "Outputs": {
                  "AccountId": {"Value": 123456789012},
                  "SubnetIds": {"Value": {"Fn::Join": [", ", ["subnet-1", "subnet-2"]]}},
                  "SecurityGroupIds": {"Value": {"Fn::Join": [",", {"Ref": "Groups"}]}},
                  "DbUser": {"Value": true},
                  "DbPass": {"Value": 12345678},
                  "DbHost": {"Value": "db.example.com"},
                  "DbPort": {"Value": 3306},
                  "DbName": {"Value": 7},
                  "DbType": {"Value": "mysql"}}}
                """, Map.of("Groups", "sg-1, sg-2"));

        assertThat(environment.subnetIds()).containsExactly("subnet-1", "subnet-2");
        assertThat(environment.securityGroupIds()).containsExactly("sg-1", "sg-2");
        assertThat(environment.dbPort()).isEqualTo(3306);
        assertThat(List.of(environment.dbUser(), environment.dbPass(), environment.dbName()))
                .containsExactly("true", "12345678", "7");
    }

    @Test
    void whatDoesNotHoldIsNamedAllAtOnce() {
        FailureException failed = catchThrowableOfType(
                FailureException.class, () -> environment("""
                        Parameters:
                          SubnetIds: {Type: CommaDelimitedList, Default: ''}
                          SecurityGroupIds: {Type: String, Default: 'sg-1,,sg-2'}
                          DbPass: {Type: String, NoEcho: true, Default: hunter2hunter2}
                          DbName: {Type: String}
                        Resources:
                          Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
                        Outputs:
                          AccountId: {Value: !Ref AWS::AccountId}
                          DbHost: {Value: db.example.com}
                          DbPort: {Value: 80}
                          DbType: {Value: aurora-mysql}
                        """, Map.of("DbName", "{{resolve:ssm:/name}}")));

        assertThat(failed.failure().code()).isEqualTo(FailureCode.OUTPUTS_INCOMPLETE);
        assertThat(failed.failure().details().get("problems"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .containsExactly(
                        "SubnetIds is empty: give it a value",
                        "SecurityGroupIds has an empty entry: take out the comma that is too many",
                        "DbUser is missing: add it to the template's Outputs",
                        "DbPass is the default of a NoEcho parameter, which CloudFormation does not tell: register a value"
                                + " for it, {{generated_password}}",
                        "DbPort must be a whole number from 1024 to 65535",
                        "DbName is a {{resolve:…}} reference, which CloudFormation alone can read: use"
                                + " {{generated_password}} or an Output that holds the value",
                        "DbType is aurora-mysql: write mysql");
    }

    @Test
    void whatAnEntryOfTheParameterStoreStandsForIsTold() {
        try (ScriptedAws scripted = new ScriptedAws();
                RoleSessions scriptedSessions = new RoleSessions(scripted.connection(), "prod", CLOCK);
                CloudFormationStacks described = new CloudFormationStacks(
                        scripted.connection(),
                        scriptedSessions,
                        new CallBudget(200, 50, CLOCK),
                        WatchPace.QUICK,
                        CLOCK)) {
            scripted.on(
                    "DescribeStacks", call -> ScriptedAws.ok("DescribeStacks", """
                    <Stacks><member><StackId>%s</StackId><StackStatus>CREATE_COMPLETE</StackStatus><Parameters>
                    <member><ParameterKey>DbHost</ParameterKey><ParameterValue>/crm/host</ParameterValue>
                    <ResolvedValue>db.example.com</ResolvedValue></member>
                    <member><ParameterKey>DbName</ParameterKey><ParameterValue>app</ParameterValue></member>
                    </Parameters></member></Stacks>""".formatted(StackFixtures.STACK_ID)));

            assertThat(described.outputs(
                            ScriptedAws.ACCESS, StackFixtures.STACK_ID, new StepRun(Step.RUN_SQL, 4, Instant.now())))
                    .isEqualTo(new StackOutputs(
                            Map.of(),
                            Map.of("DbHost", "/crm/host", "DbName", "app"),
                            Map.of("DbHost", "db.example.com")));
        }
    }

    private static TenantEnvironment environment(String text, Map<String, String> registered) throws Exception {
        Template template = Template.parse(text);
        Tenant tenant = new Tenant(new TenantId("acme"), new SaasId("crm"), "Acme", Map.of());
        StackParameters parameters = ParameterValues.fill(template, registered, tenant, parameter -> PASSWORD);
        return OutputsContract.read(ScriptedAws.ACCESS, stack(text, parameters), parameters, template);
    }

    private static StackOutputs stack(String template, StackParameters parameters) throws Exception {
        TenantId stackOf = new TenantId(UUID.randomUUID().toString());
        StepRun step = new StepRun(Step.WATCH_STACK, 3, Instant.now());
        String id = stacks.create(new StackOrder(
                ScriptedAws.ACCESS,
                StackName.of("prod", stackOf),
                new StackTags("prod", new SaasId("crm"), stackOf, 1),
                template,
                parameters,
                List.of(),
                null,
                Duration.ofHours(2),
                step));
        CompletableFuture<StackOutputs> completed = new CompletableFuture<>();
        stacks.watch(
                new StackWatch(
                        ScriptedAws.ACCESS,
                        id,
                        ExpectedDatabases.of(Template.parse(template)),
                        "template",
                        step,
                        () -> true),
                new StackFixtures.Heard() {
                    @Override
                    public void completed(StackOutputs outputs) {
                        completed.complete(outputs);
                    }
                });
        return completed.get(20, TimeUnit.SECONDS);
    }
}
