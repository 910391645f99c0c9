package dev.rowhouse.onboarding.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.onboarding.lifecycle.Tenant;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParameterValuesTest {

    private static final Template TEMPLATE = Template.parse("""
            Parameters:
              TenantId: {Type: String}
              Plan: {Type: String}
              DbPass: {Type: String, NoEcho: true}
              Size: {Type: Number, Default: 1}
              SubnetIds: {Type: 'List<AWS::EC2::Subnet::Id>', Default: subnet-1}
              Zones: {Type: CommaDelimitedList, Default: a}
            Resources:
              Topic: {Type: 'AWS::SNS::Topic'}
            """);

    @Test
    void fillsEveryKindOfPlaceholder() {
        Map<String, String> filled = fill(
                Map.of(
                        "Plan", "{{saas_id}}-{{tenant_name}}-{{attributes.plan}}-{{attributes.seats}}",
                        "DbPass", "{{generated_password}}"),
                "Acme",
                Map.of("plan", "gold", "seats", 3));

        assertThat(filled)
                .isEqualTo(Map.of("TenantId", "acme", "Plan", "crm-Acme-gold-3", "DbPass", "generated for DbPass"));
    }

    @Test
    void whatTheBuilderLeavesToCloudFormationPassesThrough() {
        String reference = "{{resolve:secretsmanager:db:SecretString:password}}";

        assertThat(fill(Map.of("Plan", "x", "DbPass", reference), "Acme", Map.of()))
                .containsEntry("DbPass", reference);
    }

    @Test
    void nothingFilledInIsLookedAtAgain() {
        assertThat(failure(Map.of("Plan", "{{tenant_name}}", "DbPass", "x"), "{{generated_password}}", Map.of())
                        .code())
                .isEqualTo(FailureCode.PARAMETERS_INVALID);
        assertThat(fill(Map.of("Plan", "{{tenant_name}}", "DbPass", "x"), "$1 \\ }}", Map.of()))
                .containsEntry("Plan", "$1 \\ }}");
    }

    @Test
    void aNameCannotReadTheBuildersSecrets() {
        Failure failure =
                failure(Map.of("Plan", "{{tenant_name}}", "DbPass", "x"), "{{resolve:secretsmanager:x}}", Map.of());

        assertThat(failure.code()).isEqualTo(FailureCode.PARAMETERS_INVALID);
        assertThat(failure.message()).contains("Plan", "tenant_name").doesNotContain("secretsmanager");
    }

    @Test
    void twoHalvesOfAReferenceDoNotMeet() {
        Failure failure = failure(
                Map.of("Plan", "{{tenant_name}}{{attributes.rest}}", "DbPass", "x"),
                "{",
                Map.of("rest", "{resolve:secretsmanager:x}}"));

        assertThat(failure.code()).isEqualTo(FailureCode.PARAMETERS_INVALID);
        assertThat(failure.message()).contains("Plan");
    }

    @Test
    void aNameCannotAddAnEntryToAList() {
        Failure failure = failure(
                Map.of(
                        "Plan", "{{tenant_name}}",
                        "DbPass", "x",
                        "SubnetIds", "subnet-1,{{tenant_name}}",
                        "Zones", "{{attributes.zones}}"),
                "a, b",
                Map.of("zones", "a,b"));

        assertThat(failure.code()).isEqualTo(FailureCode.PARAMETERS_INVALID);
        assertThat(failure.message())
                .contains(
                        "SubnetIds is a list, and tenant_name holds a comma, which would make two entries of it",
                        "Zones is a list, and attributes.zones holds a comma")
                .doesNotContain("Plan");
    }

    @Test
    void aNameThatIsOneEntryIsTakenAsItStands() {
        Map<String, String> filled = fill(
                Map.of("Plan", "{{tenant_name}}", "DbPass", "x", "Zones", "z, {{attributes.zone}}"),
                "a, \"b\"",
                Map.of("zone", "\"'a b'"));

        assertThat(filled).containsEntry("Plan", "a, \"b\"").containsEntry("Zones", "z, \"'a b'");
    }

    @Test
    void aPlaceholderInsideAReferenceIsRefused() {
        assertThat(failure(Map.of("Plan", "{{resolve:ssm:/x/{{tenant_name}}}}", "DbPass", "x"), "Acme", Map.of())
                        .code())
                .isEqualTo(FailureCode.PARAMETERS_INVALID);
    }

    @Test
    void secretsAreWhatIsHiddenOrGenerated() {
        StackParameters parameters = ParameterValues.fill(
                TEMPLATE,
                Map.of("Plan", "{{generated_password}}", "DbPass", "x"),
                new Tenant(new TenantId("acme"), new SaasId("crm"), "Acme", Map.of()),
                parameter -> "generated");

        assertThat(parameters.secret()).containsExactlyInAnyOrder("Plan", "DbPass");
        assertThat(parameters.toString()).doesNotContain("generated");
    }

    @Test
    void anAttributeThatIsAbsentOrNoScalarIsNamed() {
        Failure failure = failure(
                Map.of("Plan", "{{attributes.plan}}", "DbPass", "{{attributes.list}}"),
                "Acme",
                Map.of("list", List.of()));

        assertThat(failure.message()).contains("Plan needs attributes.plan", "DbPass needs attributes.list");
    }

    @Test
    void namesEveryParameterWithoutAValue() {
        Failure failure = failure(Map.of(), "Acme", Map.of());

        assertThat(failure.code()).isEqualTo(FailureCode.PARAMETERS_MISSING);
        assertThat(failure.message()).contains("Plan", "DbPass").doesNotContain("Size", "TenantId");
    }

    private static Failure failure(Map<String, String> registered, String name, Map<String, Object> attributes) {
        return catchThrowableOfType(FailureException.class, () -> fill(registered, name, attributes))
                .failure();
    }

    private static Map<String, String> fill(
            Map<String, String> registered, String name, Map<String, Object> attributes) {
        Tenant tenant = new Tenant(new TenantId("acme"), new SaasId("crm"), name, attributes);
        return ParameterValues.fill(TEMPLATE, registered, tenant, parameter -> "generated for " + parameter)
                .values();
    }
}
