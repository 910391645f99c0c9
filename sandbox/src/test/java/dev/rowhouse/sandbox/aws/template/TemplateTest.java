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
                "Resources: {T: {Type: AWS::Unknown::X}, U: {Type: Custom::Thing}} | "
                        + "each of the resource types [AWS::Unknown::X, Custom::Thing] is not supported by the sandbox's",
                "Resources: {T: {Type: AWS::A::B, DeletionPolicy: Snapshot}} | "
                        + "resource type AWS::A::B does not support deletion policy Snapshot",
                "Resources: {T: {Type: AWS::A::B, UpdateReplacePolicy: Keep}} | "
                        + "Unrecognized UpdateReplacePolicy Keep for resource T",
                "Resources: {Fn::ForEach::Topics: [N, [a], {}]} | "
                        + "Fn::ForEach::Topics in the section Resources is not supported",
                "Resources: {T: {Type: AWS::A::B, Properties: {Fn::Transform: {Name: AWS::Include}}}} | "
                        + "Fn::Transform in the section Properties of resource T is not supported",
                "Resources: {T: {Type: AWS::A::B, Properties: !If [C, {}, {}]}} | the section Properties of resource T "
                        + "must be made of names, and cannot be computed by Fn::If",
                "Resources: {Fn::If: [C, {}, {}]} | the section Resources must be made of names",
                "Resources: {T: {Type: AWS::A::B, Fn::Transform: {}}} | "
                        + "Invalid template resource property 'Fn::Transform'",
                "Resources: {T: {Type: AWS::A::B}}, Rules: {} | the section Rules is not supported",
                "Resources: {T: {Type: AWS::A::B}}, Hooks: {} | the section Hooks is not supported",
                "Resources: {T: {Type: AWS::A::B}}, Globals: {} | Invalid template property or properties [Globals]",
                "Resources: {T: {Type: AWS::A::B}}, Mappings: [] | [/Mappings] must be an object",
                "Resources: {T: {Type: AWS::A::B}}, Mappings: {M-1: {}} | Mapping name M-1 is non alphanumeric.",
                "Resources: {T: {Type: AWS::A::B}}, Mappings: {M: x} | [/Mappings/M] must be an object",
                "Resources: {T: {Type: AWS::A::B}}, Mappings: {M: {k: x}} | [/Mappings/M/k] must be an object",
                "Resources: {T: {Type: AWS::A::B}}, Mappings: {M: {a_b: {}}} | Mappings key name 'a_b' must contain",
                "Resources: {T: {Type: AWS::A::B}}, Mappings: {M: {k: {x-y: z}}} | "
                        + "Mappings attribute name 'x-y' must contain only alphanumeric characters.",
                "Resources: {T: {Type: AWS::A::B}}, Mappings: {M: {k: {s: !Ref P}}} | "
                        + "Every Mappings attribute must be a String or a List.",
                "Resources: {T: {Type: AWS::A::B}}, Mappings: {M: {k: {s: [{}]}}} | "
                        + "Every Mappings attribute must be a String or a List.",
                "Resources: {T: {Type: AWS::A::B}}, Conditions: {C: !Equals [!ImportValue x, y]} | "
                        + "Cannot use Fn::ImportValue in Conditions.",
                "Resources: {T: {Type: AWS::A::B}}, Conditions: {C: !Equals [!FindInMap [M, k, s], y]} | "
                        + "Mapping named 'M' is not present in the 'Mappings' section of template.",
                "Resources: {T: {Type: AWS::A::B}}, Outputs: {O: {Value: x, Export: {Name: !Ref T}}} | "
                        + "Output O is malformed. The Name field of every Export member must not depend on any resources",
                "Resources: {T: {Type: AWS::A::B}}, Outputs: {O: {Value: x, Export: {Name: x, As: y}}} | "
                        + "Output O is malformed. Export must have the member Name",
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
