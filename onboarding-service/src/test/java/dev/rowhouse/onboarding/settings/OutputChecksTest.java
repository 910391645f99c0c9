package dev.rowhouse.onboarding.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.onboarding.stack.Template;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OutputChecksTest {

    private static final String ACCOUNT = "123456789012";

    /** What CloudFormation works out. */
    private static final String WORKED_OUT = """
            Outputs:
              AccountId: {Value: !Ref AWS::AccountId}
              SubnetIds: {Value: !Join [',', [!Ref A, !Ref B]]}
              SecurityGroupIds: {Value: !Ref G}
              DbUser: {Value: !Sub '${User}'}
              DbHost: {Value: !GetAtt Db.Endpoint.Address}
              DbName: {Value: !If [Large, a, b]}
            """;

    @Test
    void whatIsMissingIsNamedAllAtOnce() {
        assertThat(problems("Outputs: {DBHost: {Value: x}, DbPort: {Value: 3306}}", Map.of()))
                .isEqualTo(Map.of(
                        "template",
                        "has neither an Output nor a parameter AccountId, SubnetIds, SecurityGroupIds, DbUser, DbPass,"
                                + " DbHost (there is DBHost), DbName, DbType: add what is missing to its Outputs"));
    }

    @Test
    void parametersStandForOutputs() {
        String parameters = """
                Parameters:
                  DbPass: {Type: String, NoEcho: true}
                  DbPort: {Type: Number, Default: 3306}
                  DbType: {Type: String}
                """;

        assertThat(problems(
                        parameters + WORKED_OUT,
                        Map.of("DbPass", "{{generated_password}}", "DbType", "{{attributes.engine}}")))
                .isEmpty();
    }

    @Test
    void whatTheTemplateStatesIsCheckedBeforeThereIsAStack() {
        String outputs = """
                  DbPass: {Value: !Ref Pass}
                  DbPort: {Value: 80}
                  DbType: {Value: MySQL}
                """;

        assertThat(problems((WORKED_OUT + outputs).replace("!Ref AWS::AccountId", "'999999999999'"), Map.of()))
                .isEqualTo(Map.of(
                        "template",
                        "AccountId is not the account of the role, 123456789012; DbPort must be a whole number from 1024"
                                + " to 65535; DbType is MySQL: write mysql"));
    }

    @Test
    void whatIsRegisteredForAParameterIsCheckedLikewise() {
        String parameters = """
                Parameters:
                  DbPass: {Type: String, NoEcho: true}
                  DbPort: {Type: Number}
                  DbType: {Type: String}
                """;

        assertThat(problems(
                        parameters + WORKED_OUT,
                        Map.of(
                                "DbPass", "{{resolve:secretsmanager:db}}",
                                "DbPort", "99999",
                                "DbType", "aurora-postgresql")))
                .containsOnlyKeys("parameters.DbPass", "parameters.DbPort", "parameters.DbType")
                .containsEntry("parameters.DbType", "DbType is aurora-postgresql: write postgres");
    }

    @Test
    void aHiddenDefaultIsNoPassword() {
        String parameters = """
                Parameters:
                  DbPass: {Type: String, NoEcho: true, Default: hunter2hunter2}
                  DbPort: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /crm/port}
                  DbType: {Type: 'AWS::SSM::Parameter::Name', Default: /crm/type}
                """;

        assertThat(problems(parameters + WORKED_OUT, Map.of()))
                .containsOnlyKeys("parameters.DbPass", "template")
                .hasEntrySatisfying(
                        "parameters.DbPass",
                        message -> assertThat(message)
                                .contains("{{generated_password}}")
                                .doesNotContain("hunter2"))
                .hasEntrySatisfying(
                        "template",
                        message -> assertThat(message)
                                .startsWith("DbType is no Output")
                                .doesNotContain("DbPort"));
    }

    @Test
    void aMacroMayAddWhatIsMissing() {
        assertThat(problems("Outputs: {'Fn::Transform': {Name: 'AWS::Include'}}", Map.of()))
                .isEmpty();
    }

    @Test
    void aMacroMayChangeWhatTheTemplateStates() {
        String template = """
                Transform: Company::Contract
                Parameters:
                  DbPass: {Type: String, NoEcho: true, Default: hunter2hunter2}
                  DbHost: {Type: 'AWS::SSM::Parameter::Name', Default: /crm/host}
                  DbType: {Type: String, Default: MySQL}
                  DbName: {Type: String, Default: ''}
                Outputs:
                  DbPort: {Value: port-of-the-house}
                """;

        assertThat(problems(template, Map.of())).isEmpty();
        assertThat(problems(template, Map.of("DbType", "MySQL"))).containsOnlyKeys("parameters.DbType");
    }

    @Test
    void aReferenceToThePlainParameterStoreIsPassedOver() {
        String outputs = """
                  DbPass: {Value: '{{resolve:secretsmanager:crm}}'}
                  DbPort: {Value: '{{resolve:ssm:/crm/port}}'}
                  DbType: {Value: '{{resolve:ssm-secure:/crm/type}}'}
                """;

        assertThat(problems(WORKED_OUT + outputs, Map.of()))
                .hasEntrySatisfying(
                        "template",
                        message -> assertThat(message)
                                .contains("DbPass is a {{resolve:", "DbType is a {{resolve:")
                                .doesNotContain("DbPort"));
    }

    private static Map<String, String> problems(String text, Map<String, String> registered) {
        Template template = Template.parse("Resources: {Topic: {Type: 'AWS::SNS::Topic'}}\n" + text);
        return new TreeMap<>(OutputChecks.of(template, registered, ACCOUNT).stream()
                .collect(Collectors.toMap(SettingsProblem::field, SettingsProblem::message)));
    }
}
