package dev.rowhouse.sandbox.aws.template;

import static dev.rowhouse.sandbox.aws.template.Stacks.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "!Ref P | x",
                "{Ref: P} | x",
                "!Ref T | T-id",
                "!Ref AWS::Region | eu-west-1",
                "!Ref AWS::AccountId | 111122223333",
                "!Ref AWS::StackName | acme",
                "!Ref AWS::Partition | aws",
                "!Ref AWS::URLSuffix | amazonaws.com",
                "!GetAtt T.Arn | T-Arn",
                "!GetAtt [T, Arn] | T-Arn",
                "!GetAtt T.Endpoint.Address | T-Endpoint.Address",
                "{Fn::GetAtt: [T, Arn]} | T-Arn",
                "{Fn::GetAtt: T.Arn} | T-Arn",
                "!Sub '${P}-${T}-${T.Arn}' | x-T-id-T-Arn",
                "!Sub '${AWS::Region}!' | eu-west-1!",
                "!Sub '${!P} costs $5' | ${P} costs $5",
                "!Sub ['${A}${P}', {A: !Ref T}] | T-idx",
                "!Sub [ '${P}', {P: hides} ] | hides",
                "!Sub plain | plain",
                "!Join [',', [a, !Ref P, !Ref T]] | a,x,T-id",
                "!Join ['', !Ref L] | ab",
                "!Join ['-', []] | ``",
                "!Select [1, !Ref L] | b",
                "!Select ['0', [p, q]] | p",
                "!Select [0, !GetAZs ''] | eu-west-1a",
                "!Select [1, !GetAZs us-east-1] | us-east-1b",
                "!Select [1, !Split ['.', 'a.b.c']] | b",
                "!If [Yes, then, else] | then",
                "!If [No, then, !Ref P] | x",
                "!FindInMap [Sizes, !Ref AWS::Region, small] | t3",
                "!Base64 hi | aGk=",
                "5432 | 5432",
                "0012 | 0012",
                "1.10 | 1.10",
                "true | true",
                "yes | yes",
                "2010-09-09 | 2010-09-09",
            })
    void evaluates(String yaml, String expected) {
        assertThat(value(yaml)).isEqualTo(expected);
    }

    @Test
    void givesListsWhereListsAreAskedFor() {
        assertThat(value("!Ref L")).isEqualTo(List.of("a", "b"));
        assertThat(value("!FindInMap [Sizes, eu-west-1, list]")).isEqualTo(List.of("one", "two"));
    }

    @Test
    void evaluatesInsideListsAndMaps() {
        assertThat(value("{a: [!Ref P, {b: !Ref T}], Condition: {c: d}}"))
                .isEqualTo(Map.of("a", List.of("x", Map.of("b", "T-id")), "Condition", Map.of("c", "d")));
    }

    @Test
    void leavesOutWhatHasNoValue() {
        assertThat(value("{a: !If [Yes, !Ref AWS::NoValue, b], l: [!Ref AWS::NoValue, c]}"))
                .isEqualTo(Map.of("l", List.of("c")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "!Ref [P] | every Ref object must have a single String value.",
                "!GetAtt T | every Fn::GetAtt object requires two non-empty parameters",
                "!GetAtt [T, ''] | every Fn::GetAtt object requires two non-empty parameters",
                "!GetAtt Nope.Arn | instance of Fn::GetAtt references undefined resource Nope",
                "!GetAtt T.Colour | resource T does not support attribute type Colour in Fn::GetAtt",
                "!Join [a] | every Fn::Join object requires two parameters",
                "!Join [a, b] | every Fn::Join object requires two parameters",
                "!Sub [a] | One or more Fn::Sub intrinsic functions don't specify expected arguments",
                "!Sub '${}' | variable names in Fn::Sub syntax must contain only alphanumeric characters",
                "!Sub '${L}' | Fn::Sub expression does not resolve to a string",
                "!Sub '${Nope}' | Unresolved resource dependencies [Nope] in the Resources block of the template",
                "!If [Yes, a] | Fn::If requires a list argument with three parameters",
                "!If [Maybe, a, b] | Unresolved condition dependency Maybe",
                "!Select [2, !Ref L] | Fn::Select cannot select nonexistent value at index 2",
                "!Select [x, !Ref L] | Fn::Select requires a list argument",
                "!FindInMap [Sizes, mars, small] | Unable to get mapping for Sizes::mars::small",
                "!Equals [a, b] | Fn::Equals is only allowed in the Conditions block",
                "!ImportValue x | Fn::ImportValue is not supported by the sandbox's stand-in",
                "{Fn::Nope: x} | Fn::Nope is not supported by the sandbox's stand-in",
                "!Nope x | The tag !Nope is unknown",
                "{Ref: P, More: x} | must have no other member",
                "~ | 'null' values are not allowed in templates",
            })
    void refuses(String yaml, String message) {
        assertThatThrownBy(() -> value(yaml))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(message);
    }
}
