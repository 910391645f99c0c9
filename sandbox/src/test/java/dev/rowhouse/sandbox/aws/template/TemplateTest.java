package dev.rowhouse.sandbox.aws.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Description: d | At least one Resources member must be defined.",
                "Resources: {T: {Type: AWS::A::B}}, Paramters: {} | Invalid template property or properties [Paramters]",
                "Resources: {T: {Type: AWS::A::B}}, Transform: AWS::Serverless-2016-10-31 | "
                        + "the section Transform is not supported",
                "AWSTemplateFormatVersion: '2020-01-01', Resources: {T: {Type: AWS::A::B}} | "
                        + "AWSTemplateFormatVersion must be 2010-09-09",
                "Resources: [T] | [/Resources] must be an object",
                "Resources: {T: topic} | [/Resources/T] resource definition is malformed",
                "Resources: {T: {Properties: {}}} | [/Resources/T] Every Resources object must contain a Type member.",
                "Resources: {a-b: {Type: AWS::A::B}} | Resource name a-b is non alphanumeric.",
                "Resources: {T: {Type: AWS::A::B, Propreties: {}}} | Invalid template resource property 'Propreties'",
                "Resources: {T: {Type: AWS::A::B, CreationPolicy: {}}} | CreationPolicy of resource T is not supported",
                "Resources: {T: {Type: AWS::A::B, DeletionPolicy: Keep}} | "
                        + "Unrecognized DeletionPolicy Keep for resource T",
                "Resources: {T: {Type: AWS::A::B, DependsOn: U}} | "
                        + "Unresolved resource dependencies [U] in the Resources block of the template",
                "Resources: {T: {Type: AWS::A::B, Condition: C}} | Unresolved condition dependency C",
                "Resources: {T: {Type: Nope}, U: {Type: No}} | Unrecognized resource types: [Nope, No]",
                "Resources: {T: {Type: AWS::CloudFormation::Stack}} | "
                        + "the type AWS::CloudFormation::Stack of resource T is not supported",
                "Resources: {T: {Type: AWS::A::B}}, Outputs: {O: {Value: !Ref U}} | "
                        + "Unresolved resource dependencies [U] in the Outputs block of the template",
                "Resources: {T: {Type: AWS::A::B}}, Outputs: {O: {Vlaue: x}} | "
                        + "Invalid template output property 'Vlaue'",
                "Resources: {T: {Type: AWS::A::B}}, Outputs: {O: {Description: x}} | "
                        + "Every Outputs member must contain a Value object",
                "Resources: {T: {Type: AWS::A::B}}, Conditions: {C: !Equals [!Ref T, x]} | Unresolved dependencies [T]. "
                        + "Cannot reference resources in the Conditions block of the template",
                "Resources: {T: {Type: AWS::A::B}}, Conditions: {C: !Condition D} | "
                        + "Unresolved condition dependency D in the Conditions block of the template",
                "Resources: {T: {Type: AWS::A::B}}, Conditions: {C: !Equals [x]} | "
                        + "Fn::Equals requires a list argument with two parameters",
                "Resources: {T: {Type: AWS::A::B}}, Conditions: {C: !And [!Equals [x, x]]} | every Fn::And object "
                        + "requires a list of at least 2 and at most 10 boolean parameters.",
                "Resources: {T: {Type: AWS::A::B}}, Conditions: {C: true} | Every Conditions member must be made of",
            })
    void refuses(String sections, String message) {
        assertThatThrownBy(() -> Stacks.parse("---\n{" + sections + "}"))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesMoreThan500Resources() {
        StringBuilder template = new StringBuilder("Resources:\n");
        for (int i = 0; i < 501; i++) {
            template.append("  T").append(i).append(": {Type: AWS::SNS::Topic}\n");
        }

        assertThatThrownBy(() -> Stacks.parse(template.toString()))
                .hasMessage("Template format error: Number of resources, 501, is greater than maximum allowed, 500");
    }

    @ParameterizedTest
    @CsvSource({
        "AWS::IAM::Role, RoleName, CAPABILITY_NAMED_IAM",
        "AWS::IAM::Role, Path, CAPABILITY_IAM",
        "AWS::IAM::Policy, PolicyName, CAPABILITY_IAM",
        "AWS::IAM::User, UserName, CAPABILITY_NAMED_IAM",
    })
    void asksForCapabilities(String type, String property, String capability) {
        Template template = Stacks.parse("Resources: {R: {Type: " + type + ", Properties: {" + property + ": x}}}");

        assertThat(template.capabilities()).containsExactly(capability);
    }
}
