package dev.rowhouse.onboarding.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsChecksTest {

    private static final String TEMPLATE = """
            Parameters:
              DbName: {Type: String}
              DbPass: {Type: String, NoEcho: true}
            Resources:
              Topic: {Type: 'AWS::SNS::Topic'}
            """;

    @Test
    void aRightDocumentHasNoProblems() {
        assertThat(SettingsChecks.of(document(
                        "arn:aws:iam::123456789012:role/rowhouse",
                        "eu-central-1",
                        TEMPLATE,
                        Map.of("DbName", "app_{{tenant_id}}", "DbPass", "{{generated_password}}"))))
                .isEmpty();
    }

    @Test
    void namesEveryProblemAtOnce() {
        List<SettingsProblem> problems = SettingsChecks.of(document(
                "arn:aws:iam::1:role/x",
                "Frankfurt",
                TEMPLATE,
                Map.of("DbName", "{{tenant}}", "DbPass", "hunter2hunter2", "DbNam", "x")));

        assertThat(problems)
                .extracting(SettingsProblem::field)
                .containsExactlyInAnyOrder(
                        "role_arn", "region", "parameters.DbName", "parameters.DbPass", "parameters.DbNam");
        assertThat(problems).extracting(SettingsProblem::message).noneMatch(message -> message.contains("hunter2"));
    }

    @Test
    void saysWhereATemplateCannotBeRead() {
        List<SettingsProblem> problems = SettingsChecks.of(
                document("arn:aws:iam::123456789012:role/rowhouse", "eu-central-1", "Resources: [\n", Map.of()));

        assertThat(problems).extracting(SettingsProblem::field).containsExactly("template");
        assertThat(problems.get(0).message()).contains("line ");
    }

    @Test
    void refusesATemplateThatCloudFormationWouldNotTake() {
        String large = TEMPLATE + "#".repeat(SettingsChecks.MAX_TEMPLATE);

        assertThat(SettingsChecks.of(
                        document("arn:aws:iam::123456789012:role/rowhouse", "eu-central-1", large, Map.of())))
                .extracting(SettingsProblem::message)
                .singleElement()
                .asString()
                .contains("51200", "nested stacks");
    }

    private static SettingsDocument document(
            String roleArn, String region, String template, Map<String, String> parameters) {
        return new SettingsDocument(
                true, roleArn, "external-id", null, region, List.of(), template, parameters, "SELECT 1", null);
    }
}
