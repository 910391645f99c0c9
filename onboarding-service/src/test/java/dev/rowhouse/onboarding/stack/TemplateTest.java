package dev.rowhouse.onboarding.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.rowhouse.onboarding.stack.Template.Output;
import dev.rowhouse.onboarding.stack.Template.Parameter;
import dev.rowhouse.onboarding.stack.Template.Resource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {

    private static final ParameterConstraints ANY = new ParameterConstraints(null, null, null, null);

    private static final String YAML = """
            AWSTemplateFormatVersion: "2010-09-09"
            Parameters:
              TenantId: {Type: String}
              DbPass:
                Type: String
                NoEcho: true
                MinLength: 8
                MaxLength: "41"
                AllowedPattern: "[a-z]*"
              Subnets:
                Type: List<AWS::EC2::Subnet::Id>
                Default: subnet-1
            Conditions:
              Large: !Equals [!Ref TenantId, "1"]
            Resources:
              Database:
                Type: AWS::RDS::DBInstance
                Properties:
                  MasterUserPassword: !Ref DbPass
                  DBInstanceIdentifier: !Sub "db-${TenantId}"
              Spare:
                Type: AWS::RDS::DBInstance
                Condition: Large
              Network:
                Type: AWS::CloudFormation::Stack
                Properties: {TemplateURL: "https://example/net.yaml"}
              Bucket:
                Type: AWS::S3::Bucket
            Outputs:
              DbHost:
                Value: !GetAtt Database.Endpoint.Address
              DbPort:
                Value: 3306
            """;

    @Test
    void readsParametersWithTheirTypesAndDefaults() {
        assertThat(Template.parse(YAML).parameters().values())
                .containsExactly(
                        new Parameter("TenantId", "String", false, null, ANY),
                        new Parameter("DbPass", "String", true, null, new ParameterConstraints(8, 41, "[a-z]*", null)),
                        new Parameter("Subnets", "List<AWS::EC2::Subnet::Id>", false, "subnet-1", ANY));
    }

    @Test
    void knowsWhichResourcesAreDatabases() {
        assertThat(Template.parse(YAML).databases())
                .containsExactly(
                        new Resource("Database", "AWS::RDS::DBInstance", false, false),
                        new Resource("Spare", "AWS::RDS::DBInstance", true, false));
    }

    @Test
    void knowsNestedStacksAndOutputs() {
        Template template = Template.parse(YAML);

        assertThat(template.nestedStacks()).extracting(Resource::logicalId).containsExactly("Network");
        assertThat(template.outputs())
                .containsExactly(entry("DbHost", new Output(null)), entry("DbPort", new Output("3306")));
        assertThat(template.macros()).isFalse();
    }

    @Test
    void readsJsonWithTabs() {
        Template template = Template.parse("""
                {
                \t"Parameters": {"P": {"Type": "Number", "NoEcho": "true", "Default": 1, "AllowedValues": [1, "2"]}},
                \t"Resources": {
                \t\t"Db": {"Type": "AWS::RDS::DBInstance", "Properties": {"Port": {"Ref": "P"}, "Url": "http:\\/\\/x"}}
                \t}
                }
                """);

        assertThat(template.parameters().values())
                .containsExactly(new Parameter(
                        "P", "Number", true, "1", new ParameterConstraints(null, null, null, List.of("1", "2"))));
        assertThat(template.databases()).extracting(Resource::logicalId).containsExactly("Db");
    }

    @Test
    void aClusterThatMakesItsOwnInstancesIsSelfContained() {
        Template template = Template.parse("""
                Resources:
                  Serverless: {Type: AWS::RDS::DBCluster, Properties: {EngineMode: serverless}}
                  MultiAz: {Type: AWS::RDS::DBCluster, Properties: {DBClusterInstanceClass: db.m5d.large}}
                  Aurora: {Type: AWS::RDS::DBCluster, Properties: {EngineMode: provisioned}}
                """);

        assertThat(template.databases())
                .filteredOn(Resource::selfContained)
                .extracting(Resource::logicalId)
                .containsExactly("Serverless", "MultiAz");
    }

    @Test
    void aMacroMeansThatMoreResourcesMayCome() {
        Template template = Template.parse("""
                Transform: AWS::LanguageExtensions
                Resources:
                  Fn::ForEach::Dbs:
                    - Name
                    - [A, B]
                    - Db${Name}: {Type: AWS::RDS::DBInstance}
                """);

        assertThat(template.macros()).isTrue();
        assertThat(template.resources()).isEmpty();
    }

    @Test
    void aSectionThatIsAMacroIsReadAsEmpty() {
        Template template = Template.parse("""
                Parameters: !Transform {Name: 'AWS::Include', Parameters: {Location: 's3://crm/parameters.yaml'}}
                Resources: !Transform {Name: 'AWS::Include', Parameters: {Location: 's3://crm/resources.yaml'}}
                Outputs: !Transform {Name: 'AWS::Include', Parameters: {Location: 's3://crm/outputs.yaml'}}
                """);

        assertThat(template).isEqualTo(new Template(Map.of(), Map.of(), Map.of(), true));
    }

    @Test
    void anEntryMayBeAMacroToo() {
        Template template = Template.parse("""
                Resources:
                  Db:
                    Fn::Transform: {Name: 'AWS::Include', Parameters: {Location: 's3://crm/db.yaml'}}
                  Cache: !Transform {Name: 'AWS::Include', Parameters: {Location: 's3://crm/cache.yaml'}}
                  Topic:
                    Type: AWS::SNS::Topic
                    Fn::Transform: {Name: 'AWS::Include', Parameters: {Location: 's3://crm/topic.yaml'}}
                """);

        assertThat(template.macros()).isTrue();
        assertThat(template.resources()).containsOnlyKeys("Topic");
        assertThat(Template.parse("Resources: {A: {Type: X}}\nOutputs: {O: !Transform {Name: M}}")
                        .macros())
                .isTrue();
        assertThat(Template.parse("Resources: {A: {Type: X, Properties: {'Fn::Transform': {Name: M}}}}")
                        .macros())
                .isFalse();
        assertRefused("Resources: {A: {'Fn::If': [C, {Type: X}, {Type: Y}]}}", "resource A has no Type");
    }

    @Test
    void saysAtWhichLineAndColumnTheSyntaxBreaks() {
        InvalidTemplateException refused = catchThrowableOfType(
                InvalidTemplateException.class, () -> Template.parse("Resources:\n  A: {Type: X\n  B: 1\n"));

        assertThat(refused).hasMessageStartingWith("line 3, column ").hasMessageContaining("neither YAML nor JSON");
        assertThat(refused.line()).isEqualTo(3);
    }

    @Test
    void saysWhichResourceHasNoType() {
        assertThatThrownBy(() -> Template.parse("Resources:\n  A:\n    Properties: {}\n"))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessage("line 3, column 5: resource A has no Type");
    }

    @Test
    void refusesWhatIsNoTemplate() {
        assertRefused("", "the template is empty");
        assertRefused("- a\n- b\n", "a template is a mapping with a section Resources");
        assertRefused("Outputs: {}", "the section Resources is missing");
        assertRefused("Resources: {}", "the section Resources is empty");
        assertRefused("Resources: [A]", "the section Resources must be a mapping");
        assertRefused("Resources:\n  a-b: {Type: X}", "letters and digits only");
        assertRefused("Resources: {A: {Type: X}, A: {Type: Y}}", "A");
        assertRefused("Resources: {A: {Type: X}}\nOutputs: {O: 1}", "output O must be a mapping with a Value");
        assertRefused(
                "Resources: {A: {Type: X}}\nParameters: {P: {Type: String, MaxLength: many}}",
                "MaxLength of parameter P must be a whole number");
        assertRefused(
                "Resources: {A: {Type: X}}\nParameters: {P: {Type: String, Default: [a]}}",
                "Default of parameter P must be plain text");
    }

    @Test
    void refusesTooManyResources() {
        StringBuilder text = new StringBuilder("Resources:\n");
        for (int i = 0; i <= Template.MAX_RESOURCES; i++) {
            text.append("  R").append(i).append(": {Type: AWS::S3::Bucket}\n");
        }

        assertRefused(text.toString(), "501 resources; CloudFormation takes 500");
    }

    @Test
    void refusesDepthThatWouldEndTheStack() {
        assertRefused("Resources: " + "[".repeat(200_000), "line 1, column");
        assertRefused("Resources:\n  A: " + "{a: ".repeat(60) + "1" + "}".repeat(60), "nested deeper than 50");
    }

    @Test
    void refusesAliasesThatMultiply() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i <= 30; i++) {
            text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }

        assertRefused(text + "Resources: {A: {Type: X}}\n", "more aliases than 50");
    }

    @Test
    void refusesAnAliasToItself() {
        assertRefused("Resources: &r\n  A: *r\n", "resource A has no Type");
    }

    @Test
    void refusesWhatIsTooLongToRead() {
        assertRefused("#".repeat(Template.MAX_LENGTH + 1), "split it into nested stacks");
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> Template.parse(text))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageContaining(message);
    }
}
