package dev.rowhouse.sandbox.aws.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sandbox.aws.template.BoundTemplate.OutputValue;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundTemplateTest {
    private static final String CONDITIONAL = """
            Parameters: {Size: {Type: String}}
            Conditions:
              Large: !Equals [!Ref Size, large]
              Small: !Not [!Condition Large]
            Resources:
              Always: {Type: AWS::SNS::Topic, DependsOn: Extra, Properties: {N: !If [Large, !Ref Extra, none]}}
              Extra: {Type: AWS::SNS::Topic, Condition: Large}
            Outputs:
              Extra: {Value: !Ref Extra, Condition: Large}
              Size: {Value: !Sub 'is ${Size}'}
            """;

    @Test
    void makesConditionalResourcesWhenTheirConditionHolds() {
        BoundTemplate bound = Stacks.bind(CONDITIONAL, Map.of("Size", "large"));

        assertThat(bound.resources()).extracting(ResourceDeclaration::logicalId).containsExactly("Always", "Extra");
        assertThat(bound.dependencies("Always")).containsExactly("Extra");
        assertThat(Stacks.outputs(bound)).extracting(OutputValue::value).containsExactly("Extra-id", "is large");
    }

    @Test
    void leavesOutConditionalResourcesWhenTheirConditionDoesNotHold() {
        BoundTemplate bound = Stacks.bind(CONDITIONAL, Map.of("Size", "small"));

        assertThat(bound.resources()).extracting(ResourceDeclaration::logicalId).containsExactly("Always");
        assertThat(bound.dependencies("Always")).isEmpty();
        assertThat(Stacks.outputs(bound)).extracting(OutputValue::value).containsExactly("is small");
    }

    @Test
    void refusesAReferenceToAResourceThatIsNotMade() {
        String careless = CONDITIONAL.replace("!If [Large, !Ref Extra, none]", "!Ref Extra");

        assertThatThrownBy(() -> Stacks.bind(careless, Map.of("Size", "small")))
                .hasMessage(
                        "Template format error: Unresolved resource dependencies [Extra] in the Resources block of the "
                                + "template");
    }

    @Test
    void refusesAnOutputOfAResourceThatIsNotMade() {
        String careless = CONDITIONAL.replace("!Ref Extra, Condition: Large", "!Ref Extra");

        assertThatThrownBy(() -> Stacks.bind(careless, Map.of("Size", "small")))
                .hasMessageContaining("[Extra] in the Outputs block of the template");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "!Equals [!Ref P, a] | true",
                "!Equals [!Ref P, b] | false",
                "!Not [!Equals [!Ref P, a]] | false",
                "!And [!Equals [a, a], !Equals [!Ref P, a]] | true",
                "!And [!Equals [a, a], !Equals [!Ref P, b]] | false",
                "!Or [!Equals [a, b], !Equals [!Ref P, a]] | true",
                "!Or [!Equals [a, b], !Equals [!Ref P, b]] | false",
                "!And [!Condition Later, !Equals [a, a]] | true",
                "{Fn::Equals: [!FindInMap [M, k, s], v]} | true",
                "!Equals [!Ref AWS::Region, eu-west-1] | true",
            })
    void decidesConditions(String condition, boolean holds) {
        BoundTemplate bound = Stacks.bind("""
                Parameters: {P: {Type: String, Default: a}}
                Mappings: {M: {k: {s: v}}}
                Conditions: {C: %s, Later: !Equals [x, x]}
                Resources:
                  T: {Type: AWS::SNS::Topic, Condition: C}
                """.formatted(condition), Map.of());

        assertThat(bound.resources().isEmpty()).isNotEqualTo(holds);
    }

    @Test
    void refusesConditionsThatGoRound() {
        assertThatThrownBy(() -> Stacks.bind("""
                        Conditions: {A: !Not [!Condition B], B: !Not [!Condition A]}
                        Resources: {T: {Type: AWS::SNS::Topic}}
                        """, Map.of()))
                .hasMessageContaining("circular condition dependency between [A, B]");
    }

    @Test
    void ordersByEveryKindOfReference() {
        BoundTemplate bound = Stacks.bind("""
                Resources:
                  A: {Type: AWS::SNS::Topic}
                  B: {Type: AWS::SNS::Topic}
                  C: {Type: AWS::SNS::Topic}
                  D: {Type: AWS::SNS::Topic}
                  E: {Type: AWS::SNS::Topic}
                  Last:
                    Type: AWS::SNS::Topic
                    DependsOn: [E]
                    Properties: {X: [!Ref A, !GetAtt B.Arn], Y: !Sub '${C}${D.Arn}'}
                """, Map.of());

        assertThat(bound.dependencies("Last")).containsExactlyInAnyOrder("A", "B", "C", "D", "E");
    }

    @Test
    void refusesResourcesThatDependOnOneAnother() {
        assertThatThrownBy(() -> Stacks.bind("""
                        Resources:
                          A: {Type: AWS::SNS::Topic, DependsOn: B}
                          B: {Type: AWS::SNS::Topic, Properties: {X: !Ref A}}
                          C: {Type: AWS::SNS::Topic}
                        """, Map.of()))
                .hasMessage("Circular dependency between resources: [A, B]");
    }

    @Test
    void namesWhatItImports() {
        BoundTemplate bound = Stacks.bind("""
                Parameters: {Env: {Type: String, Default: dev}}
                Conditions: {Prod: !Equals [!Ref Env, prod]}
                Resources:
                  T:
                    Type: AWS::SNS::Topic
                    Properties: {A: !If [Prod, !ImportValue never, !ImportValue {Fn::Sub: '${Env}-a'}]}
                  Not: {Type: AWS::SNS::Topic, Condition: Prod, Properties: {A: !ImportValue never}}
                Outputs: {O: {Value: !ImportValue b}}
                """, Map.of());

        assertThat(bound.imports()).containsExactly("dev-a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "!Join ['', [!Ref T, !FindInMap [M, !Ref P, s]]] | Unable to get mapping for M::mars::s",
                "{deep: [!Select [!Ref N, [a, b]]]} | Fn::Select cannot select nonexistent value at index 7",
                "!If [No, x, !Select [7, !Split [',', !Ref P]]] | Fn::Select cannot select nonexistent value at index 7",
            })
    void refusesWhatParametersAloneMakeWrong(String value, String message) {
        assertThatThrownBy(() -> Stacks.bind("""
                        Parameters: {P: {Type: String, Default: mars}, N: {Type: Number, Default: 7}}
                        Mappings: {M: {k: {s: v}}}
                        Conditions: {No: !Equals [a, b]}
                        Resources:
                          T: {Type: AWS::SNS::Topic}
                          R: {Type: AWS::SNS::Topic, Properties: {V: %s}}
                        """.formatted(value), Map.of()))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(message);
    }

    @Test
    void leavesABranchThatIsNotTakenUnevaluated() {
        BoundTemplate bound = Stacks.bind("""
                Parameters: {P: {Type: String, Default: mars}}
                Mappings: {M: {k: {s: v}}}
                Conditions: {No: !Equals [a, b]}
                Resources:
                  R: {Type: AWS::SNS::Topic, Properties: {V: !If [No, !FindInMap [M, !Ref P, s], fine]}}
                """, Map.of());

        assertThat(Stacks.properties(bound, "R")).containsEntry("V", "fine");
    }

    @Test
    void leavesWhatAResourceDecidesForLater() {
        BoundTemplate bound = Stacks.bind("""
                Resources:
                  Vpc: {Type: AWS::EC2::VPC}
                  R: {Type: AWS::EC2::Subnet, Properties: {V: !Select [0, !Cidr [!GetAtt Vpc.CidrBlock, 2, 8]]}}
                """, Map.of());

        assertThatThrownBy(() -> Stacks.properties(bound, "R"))
                .hasMessageContaining("Fn::Cidr: 'Vpc-CidrBlock' is no CIDR block");
    }

    @Test
    void refusesTwoExportsOfOneName() {
        assertThatThrownBy(() -> Stacks.bind("""
                        Resources: {T: {Type: AWS::SNS::Topic}}
                        Outputs:
                          A: {Value: a, Export: {Name: acme-o}}
                          B: {Value: b, Export: {Name: !Sub '${AWS::StackName}-o'}}
                        """, Map.of()))
                .hasMessageContaining("Outputs A and B are both exported as acme-o");
    }

    @Test
    void refusesANameThatNoExportMayHave() {
        assertThatThrownBy(() -> Stacks.bind("""
                        Resources: {T: {Type: AWS::SNS::Topic}}
                        Outputs: {A: {Value: a, Export: {Name: a_b}}}
                        """, Map.of()))
                .hasMessageContaining(
                        "must be specified and consist only of alphanumeric characters, colons, or hyphens");
    }

    @Test
    void namesExports() {
        BoundTemplate bound = Stacks.bind("""
                Resources: {T: {Type: AWS::SNS::Topic}}
                Outputs: {O: {Value: v, Description: d, Export: {Name: !Sub '${AWS::StackName}-o'}}}
                """, Map.of());

        assertThat(Stacks.outputs(bound)).containsExactly(new OutputValue("O", "v", "d", "acme-o"));
    }

    @Test
    void refusesAnOutputThatIsNoString() {
        BoundTemplate bound = Stacks.bind("""
                Parameters: {L: {Type: CommaDelimitedList, Default: 'a,b'}}
                Resources: {T: {Type: AWS::SNS::Topic}}
                Outputs: {O: {Value: !Ref L}}
                """, Map.of());

        assertThatThrownBy(() -> Stacks.outputs(bound))
                .hasMessageContaining("The Value field of every Outputs member must evaluate to a String.");
    }
}
