package dev.rowhouse.sandbox.aws.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterValuesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Type: Number | five | Parameter 'P' must be a number.",
                "Type: List<Number> | 1,x | Parameter 'P' must be a number.",
                "Type: String, AllowedValues: [a, b] | c | Parameter 'P' must be one of AllowedValues",
                "Type: CommaDelimitedList, AllowedValues: [a, b] | a,c | Parameter 'P' must be one of AllowedValues",
                "Type: String, AllowedPattern: '[a-z]+' | a1 | Parameter 'P' must match pattern [a-z]+",
                "Type: String, MinLength: 8 | short | Parameter 'P' must contain at least 8 characters",
                "Type: String, MaxLength: 3 | long | Parameter 'P' must contain at most 3 characters",
                "Type: Number, MinValue: 5 | 4.9 | Parameter 'P' must be a number not less than 5",
                "Type: Number, MaxValue: 5 | 5.1 | Parameter 'P' must be a number not greater than 5",
                "Type: String, MaxLength: 3, ConstraintDescription: be brief | long | "
                        + "Parameter P failed to satisfy constraint: be brief",
            })
    void refusesAValueThatBreaksAConstraint(String declaration, String value, String message) {
        assertThatThrownBy(() -> values(declaration, value))
                .isInstanceOf(TemplateException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Type: Number | -1.5e3",
                "Type: String, AllowedValues: [a, 5] | 5",
                "Type: String, AllowedPattern: '[a-z]*' | abc",
                "Type: String, MinLength: '3', MaxLength: 3 | abc",
                "Type: Number, MinValue: 5, MaxValue: 5 | 5.0",
                "Type: AWS::EC2::VPC::Id | vpc-1",
                "Type: AWS::EC2::KeyPair::KeyName | mine",
            })
    void takesAValueWithinItsConstraints(String declaration, String value) {
        assertThat(values(declaration, value).value("P")).isEqualTo(value);
    }

    @Test
    void splitsLists() {
        assertThat(values("Type: List<AWS::EC2::Subnet::Id>", "subnet-1 , subnet-2")
                        .value("P"))
                .isEqualTo(List.of("subnet-1", "subnet-2"));
    }

    @Test
    void takesTheDefaultWhereNothingIsGiven() {
        Template template = template("Type: String, Default: x");

        assertThat(new ParameterValues(template, Map.of()).value("P")).isEqualTo("x");
    }

    @Test
    void namesEveryMissingValue() {
        Template template = Stacks.parse("""
                Parameters: {A: {Type: String}, B: {Type: String}, C: {Type: String, Default: ''}}
                Resources: {T: {Type: AWS::SNS::Topic}}
                """);

        assertThatThrownBy(() -> new ParameterValues(template, Map.of()))
                .hasMessage("Parameters: [A, B] must have values");
    }

    @Test
    void namesEveryUnknownParameter() {
        assertThatThrownBy(() -> new ParameterValues(template("Type: String, Default: x"), Map.of("Q", "1")))
                .hasMessage("Parameters: [Q] do not exist in the template");
    }

    @Test
    void showsNoEchoMasked() {
        ParameterValues values = values("Type: String, NoEcho: true", "swordfish");

        assertThat(values.shown()).isEqualTo(Map.of("P", "****"));
        assertThat(values.value("P")).isEqualTo("swordfish");
        assertThat(values.toString()).doesNotContain("swordfish");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Default: x | Every Parameters object must contain a Type member.",
                "Type: Text | Unrecognized parameter type: Text",
                "Type: AWS::SSM::Parameter::Value<String> | is not supported by the sandbox's stand-in",
                "Type: String, Defualt: x | Invalid template parameter property 'Defualt'",
                "Type: String, MinLength: few | MinLength of parameter P must be a number",
                "Type: String, AllowedPattern: '[' | AllowedPattern of parameter P is no regular expression",
            })
    void refusesADeclarationThatIsWrong(String declaration, String message) {
        assertThatThrownBy(() -> template(declaration)).hasMessageContaining(message);
    }

    private static ParameterValues values(String declaration, String value) {
        return new ParameterValues(template(declaration), Map.of("P", value));
    }

    private static Template template(String declaration) {
        return Stacks.parse("Parameters: {P: {" + declaration + "}}\nResources: {T: {Type: AWS::SNS::Topic}}\n");
    }
}
