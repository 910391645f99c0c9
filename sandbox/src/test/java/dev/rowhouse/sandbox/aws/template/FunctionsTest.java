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
                "{Fn::FindInMap: [Sizes, {Ref: AWS::Region}, small]} | t3",
                "!FindInMap [!FindInMap [Sizes, eu-west-1, other], k, s] | found",
                "!Base64 hi | aGk=",
                "{Fn::Base64: !Sub '${P}!'} | eCE=",
                "!Select [0, !Cidr [10.0.0.0/16, 3, 8]] | 10.0.0.0/24",
                "!Select [2, !Cidr [10.0.0.0/16, 3, 8]] | 10.0.2.0/24",
                "!Select [255, !Cidr [10.0.0.0/16, 256]] | 10.0.255.0/24",
                "!Select [1, {Fn::Cidr: ['10.1.2.3/24', '2', '4']}] | 10.1.2.16/28",
                "!Select [1, !Cidr ['2001:db8:0:1a00::/56', 2, 64]] | 2001:db8:0:1a01::/64",
                "!Select [0, !Cidr ['::/0', 1, 120]] | ::/8",
                "!Select [3, !Split [',', !Join [',', !Cidr [192.168.0.0/24, 4, 6]]]] | 192.168.0.192/26",
                "!ImportValue vpc | imported vpc",
                "{Fn::ImportValue: !Sub '${P}-vpc'} | imported x-vpc",
                "!Select [0, !Split [' ', !ImportValue vpc]] | imported",
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
                "!Select [5, [a, b]] | Fn::Select cannot select nonexistent value at index 5",
                "!Select [x, !Ref L] | Fn::Select requires a list argument",
                "!Split ['', a] | every Fn::Split object requires two parameters",
                "!Split [!Ref P, a] | every Fn::Split object requires two parameters",
                "!Join [!Ref P, [a]] | every Fn::Join object requires two parameters",
                "!GetAZs mars | Fn::GetAZs: 'mars' is no region",
                "!GetAZs [a] | every Fn::GetAZs object must have a String-typed parameter",
                "!Base64 [a] | every Fn::Base64 object must have a String-typed value",
                "!Cidr [10.0.0.0/16] | every Fn::Cidr object requires three parameters",
                "!Cidr [10.0.0.0, 1, 8] | Fn::Cidr: '10.0.0.0' is no CIDR block",
                "!Cidr [10.0.0.300/16, 1, 8] | Fn::Cidr: '10.0.0.300/16' is no CIDR block",
                "!Cidr [10.0.0.0/33, 1, 8] | Fn::Cidr: '10.0.0.0/33' is no CIDR block",
                "!Cidr [example.org/16, 1, 8] | Fn::Cidr: 'example.org/16' is no CIDR block",
                "!Cidr [10.0.0.0/16, 0, 8] | Fn::Cidr: '0' is not a number from 1 to 256",
                "!Cidr [10.0.0.0/16, 257, 8] | Fn::Cidr: '257' is not a number from 1 to 256",
                "!Cidr [10.0.0.0/16, 1, 33] | Fn::Cidr: '33' is not a number from 1 to 32",
                "!Cidr [10.0.0.0/24, 2, 8] | Fn::Cidr: 2 blocks of /24 do not fit into 10.0.0.0/24, which has room for 1",
                "!Cidr [10.0.0.0/24, 1, 9] | Fn::Cidr: 1 blocks of /23 do not fit into 10.0.0.0/24, which has room for 0",
                "!Cidr ['2001:db8::/56', 1] | a block of IPv6 requires the number of subnet bits",
                "!FindInMap [Nope, k, s] | Mapping named 'Nope' is not present in the 'Mappings' section of template.",
                "!FindInMap [Sizes, k] | every Fn::FindInMap object requires three parameters",
                "!FindInMap [Sizes, !Sub '${P}', small] | every Fn::FindInMap object requires three parameters",
                "!FindInMap [Sizes, !Ref T, small] | Fn::FindInMap cannot depend on the resource(s) [T]",
                "!FindInMap [Sizes, k, s, {DefaultValue: d}] | DefaultValue of Fn::FindInMap, which is of the transform "
                        + "AWS::LanguageExtensions, is not supported by the sandbox's stand-in",
                "!ImportValue [x] | the attribute in Fn::ImportValue must be a string",
                "!ImportValue {Fn::Sub: '${T}'} | the attribute in Fn::ImportValue must not depend on any resources",
                "!ImportValue {Fn::GetAtt: [T, Arn]} | the attribute in Fn::ImportValue must not depend on any resources",
                "!ImportValue {Fn::ImportValue: x} | the attribute in Fn::ImportValue must not depend on any resources",
                "!ImportValue {Fn::Select: [0, {Fn::GetAZs: ''}]} | the attribute in Fn::ImportValue must not depend on any",
                "!GetAtt [T, !Ref P] | a function as the attribute name of Fn::GetAtt is not supported",
                "!FindInMap [Sizes, mars, small] | Unable to get mapping for Sizes::mars::small",
                "!Equals [a, b] | Fn::Equals is only allowed in the Conditions block",
                "!Transform {Name: AWS::Include} | Fn::Transform is not supported by the sandbox's stand-in",
                "!ToJsonString {a: b} | Fn::ToJsonString is not supported by the sandbox's stand-in",
                "{Fn::Length: [a]} | Fn::Length is not supported by the sandbox's stand-in",
                "{Fn::ForEach::Loop: [a]} | Fn::ForEach::Loop is not supported by the sandbox's stand-in",
                "{Fn::Nope: x} | Encountered unsupported function: Fn::Nope Supported functions are: [Fn::Base64,",
                "{Fn::Contains: [[a], a]} | Encountered unsupported function: Fn::Contains",
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
