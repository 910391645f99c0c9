package dev.rowhouse.onboarding.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsChecksTest {

    private static final String REST = """
            Resources:
              Topic: {Type: 'AWS::SNS::Topic'}
            Outputs:
              AccountId: {Value: !Ref AWS::AccountId}
              SubnetIds: {Value: subnet-1}
              SecurityGroupIds: {Value: sg-1}
              DbUser: {Value: app}
              DbPass: {Value: !Ref DbPass}
              DbHost: {Value: db.example.com}
              DbPort: {Value: 3306}
              DbName: {Value: app}
              DbType: {Value: mysql}
            """;

    private static final String TEMPLATE = """
            Parameters:
              DbName: {Type: String}
              DbPass: {Type: String, NoEcho: true}
            """ + REST;

    private final ObjectNode document = JsonNodeFactory.instance
            .objectNode()
            .put("enabled", true)
            .put("role_arn", "arn:aws:iam::123456789012:role/path/rowhouse")
            .put("role_external_id", "external-id")
            .put("region", "eu-central-1")
            .put("template", TEMPLATE)
            .put("sql", "SELECT 1");

    @Test
    void aRightDocumentHasNoProblems() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void everythingThatMayBeRegisteredIsTaken() {
        document.put("cloudformation_role_arn", "arn:aws-us-gov:iam::123456789012:role/cfn");
        document.put("region", "us-gov-west-1");
        document.putArray("capabilities").add("CAPABILITY_IAM").add("CAPABILITY_AUTO_EXPAND");
        document.putObject("database").put("tls", "require").put("access", "direct");
        parameter("DbName", "app_{{tenant_id}}_{{attributes.a b}}");
        parameter("DbPass", "{{generated_password}}");

        assertThat(problems()).isEmpty();
        SettingsDocument read = CheckedDocument.of(document).document();
        assertThat(read.capabilities()).containsExactly("CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND");
        assertThat(read.database()).isEqualTo(new Settings.Database("require", "direct"));
    }

    @Test
    void whatMayBeLeftOutHasADefault() {
        SettingsDocument read = CheckedDocument.of(document).document();

        assertThat(read.capabilities()).isEmpty();
        assertThat(read.parameters()).isEmpty();
        assertThat(read.database()).isEqualTo(new Settings.Database("verify-full", "direct"));
    }

    @Test
    void anEmptyDocumentLacksWhatIsNeededAllAtOnce() {
        document.removeAll();

        assertThat(problems())
                .containsOnlyKeys("enabled", "role_arn", "role_external_id", "region", "template", "sql")
                .allSatisfy((field, message) -> assertThat(message).startsWith("is missing; give"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role_arn|arn:aws:iam::1:role/x|is not of the form arn:aws:iam::<12 digits>:role/<name>",
                "role_arn|arn:aws:iam::123456789012:user/x|is not of the form arn:aws:iam::<12 digits>:role/<name>",
                "role_arn|arn:azure:iam::123456789012:role/x|is not of the form arn:aws:iam::<12 digits>:role/<name>",
                "cloudformation_role_arn|x|is not of the form arn:aws:iam::<12 digits>:role/<name>",
                "role_external_id|a b|is not of the form 2 to 1224 of A-Z a-z 0-9 _ + = , . @ : / -",
                "region|Frankfurt|is not of the form a region such as eu-central-1",
            })
    void aFieldOfTheWrongFormIsToldWhatIsRight(String field, String value, String message) {
        document.put(field, value);

        assertThat(problems()).isEqualTo(Map.of(field, message));
    }

    @Test
    void aFieldOfTheWrongTypeIsToldOnceWithWhatIsRight() {
        document.put("enabled", "yes");
        document.put("sql", 5);
        document.put("capabilities", "CAPABILITY_IAM");
        document.putObject("parameters").put("DbName", 5432).putNull("DbPass");
        document.put("database", "direct");

        assertThat(problems())
                .isEqualTo(Map.of(
                        "enabled", "must be true or false",
                        "sql", "must be a text: write \"5\"",
                        "capabilities", "must be a list of texts",
                        "parameters.DbName", "must be a text: write \"5432\"",
                        "parameters.DbPass", "must be a text",
                        "database", "must be an object"));
    }

    @Test
    void aFieldThatSettingsDoNotHaveIsRefusedWithWhatWasProbablyMeant() {
        document.putObject("parmeters");
        document.putObject("database").put("tsl", "off");

        assertThat(problems())
                .containsOnlyKeys("parmeters", "database.tsl")
                .hasEntrySatisfying("parmeters", message -> assertThat(message).contains("did you mean parameters?"))
                .hasEntrySatisfying(
                        "database.tsl", message -> assertThat(message).contains("did you mean database.tls?"));
    }

    @Test
    void aDocumentThatIsNoObjectIsRefused() {
        assertThat(CheckedDocument.of(JsonNodeFactory.instance.arrayNode()).problems())
                .extracting(SettingsProblem::message)
                .containsExactly("the document must be a JSON object");
    }

    @Test
    void anUnknownCapabilityIsRefused() {
        document.putArray("capabilities").add("CAPABILITY_ADMIN");

        assertThat(problems())
                .isEqualTo(Map.of(
                        "capabilities",
                        "'CAPABILITY_ADMIN' is none of"
                                + " [CAPABILITY_AUTO_EXPAND, CAPABILITY_IAM, CAPABILITY_NAMED_IAM]"));
    }

    @Test
    void anUnknownWayToTheDatabaseIsRefused() {
        document.putObject("database").put("tls", "verify_full").put("access", "runner");

        assertThat(problems())
                .isEqualTo(Map.of(
                        "database.tls", "must be verify-full, verify-ca, require or off",
                        "database.access", "must be direct"));
    }

    @Test
    void saysWhereATemplateCannotBeRead() {
        document.put("template", "Resources: [\n");

        assertThat(problems()).containsOnlyKeys("template");
        assertThat(problems().get("template")).contains("line ");
    }

    @Test
    void refusesATemplateThatCloudFormationWouldNotTake() {
        document.put("template", TEMPLATE + "#".repeat(SettingsChecks.MAX_TEMPLATE));

        assertThat(problems()).containsOnlyKeys("template");
        assertThat(problems().get("template")).contains("51200", "nested stacks");
    }

    @Test
    void aTemplateOfExactlyTheLimitIsTaken() {
        document.put("template", TEMPLATE + "#".repeat(SettingsChecks.MAX_TEMPLATE - TEMPLATE.length()));

        assertThat(problems()).isEmpty();
    }

    @Test
    void aParameterThatTheTemplateDoesNotHaveIsRefused() {
        parameter("DbNam", "x");

        assertThat(problems())
                .isEqualTo(Map.of("parameters.DbNam", "is no parameter of the template; did you mean DbName?"));
    }

    @Test
    void aValueThatCloudFormationWouldNotTakeIsRefused() {
        parameter("DbName", "é".repeat(2049));

        assertThat(problems()).isEqualTo(Map.of("parameters.DbName", "has 4098 bytes, CloudFormation takes 4096"));
    }

    @Test
    void parametersThatDoNotFitARecordTogetherAreRefused() {
        List<String> names = IntStream.range(0, 100).mapToObj(i -> "P" + i).toList();
        document.put(
                "template",
                REST + "Parameters:\n"
                        + names.stream()
                                .map(name -> "  " + name + ": {Type: String}\n")
                                .collect(Collectors.joining()));
        names.forEach(name -> parameter(name, "x".repeat(4000)));

        assertThat(problems()).containsOnlyKeys("parameters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{tenant}}", "{{}}", "a{{ tenant_id }}", "{{attributes.}}", "{{resolve:}}"})
    void anUnknownPlaceholderIsRefused(String value) {
        parameter("DbName", value);

        assertThat(problems()).containsOnlyKeys("parameters.DbName");
        assertThat(problems().get("parameters.DbName"))
                .contains("has the unknown placeholder {{")
                .contains("{{tenant_id}}, {{tenant_name}}, {{saas_id}}");
    }

    @Test
    void anUnfinishedPlaceholderIsRefused() {
        parameter("DbName", "app_{{tenant_id}");

        assertThat(problems().get("parameters.DbName")).contains("has '{{' without '}}' after it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2hunter2", "{{generated_password}}!", "x{{resolve:secretsmanager:a}}"})
    void aLiteralForANoEchoParameterIsRefusedAndNotRepeated(String value) {
        parameter("DbPass", value);

        assertThat(problems()).containsOnlyKeys("parameters.DbPass");
        assertThat(problems().get("parameters.DbPass"))
                .startsWith("is NoEcho in the template")
                .doesNotContain(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{generated_password}}", "{{resolve:secretsmanager:a:b}}", "{{tenant_id}}{{saas_id}}"})
    void placeholdersForANoEchoParameterAreTaken(String value) {
        parameter("DbPass", value);

        assertThat(problems()).isEmpty();
    }

    @Test
    void aGeneratedPasswordThatDoesNotFitIsRefused() {
        document.put("template", TEMPLATE.replace("NoEcho: true", "NoEcho: true, MaxLength: 16"));
        parameter("DbPass", "{{generated_password}}");

        assertThat(problems())
                .isEqualTo(Map.of(
                        "parameters.DbPass",
                        "does not take every generated password, which is 32 letters and digits: MaxLength is 16, the"
                                + " value has 32 characters. Mend the template's constraint"));
    }

    @Test
    void aTemplateWithoutTheOutputsIsRefused() {
        document.put("template", TEMPLATE.substring(0, TEMPLATE.indexOf("Outputs")));

        assertThat(problems().get("template"))
                .startsWith(
                        "has neither an Output nor a parameter AccountId, SubnetIds, SecurityGroupIds, DbUser, DbHost,");
    }

    @Test
    void aLiteralAccountIsComparedWithTheRolesIfThatIsRight() {
        document.put("template", TEMPLATE.replace("!Ref AWS::AccountId", "'999999999999'"));
        assertThat(problems()).containsOnlyKeys("template");

        document.put("role_arn", "arn:aws:iam::1:role/x");
        assertThat(problems()).containsOnlyKeys("role_arn");
    }

    @Test
    void aScriptOfMoreThanTwentyMegabytesIsRefused() {
        document.put("sql", "-".repeat(ArtifactParts.MAX_SIZE + 1));

        assertThat(problems()).isEqualTo(Map.of("sql", "has 20971521 bytes, at most 20971520 are taken"));
    }

    private void parameter(String name, String value) {
        document.withObject("/parameters").put(name, value);
    }

    /** Message by field; two for one field would fail. */
    private Map<String, String> problems() {
        return new TreeMap<>(CheckedDocument.of(document).problems().stream()
                .collect(Collectors.toMap(SettingsProblem::field, SettingsProblem::message)));
    }
}
