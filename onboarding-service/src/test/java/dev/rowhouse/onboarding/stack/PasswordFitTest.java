package dev.rowhouse.onboarding.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordFitTest {

    private static final String PASSWORD = "{{generated_password}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Type: String",
                "Type: String, MinLength: 8, MaxLength: '41', AllowedPattern: '[a-zA-Z0-9]*'",
                "Type: String, MinLength: 32, MaxLength: 32",
                "Type: String, AllowedPattern: '^(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])[\\x20-\\x7e]{8,128}$'",
            })
    void whatRdsAsksForFits(String declaration) {
        assertThat(misfit(declaration, PASSWORD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Type: String, MaxLength: 16 | MaxLength is 16, the value has 32 characters",
                "Type: String, MinLength: 33 | MinLength is 33, the value has 32 characters",
                "Type: String, AllowedValues: [a, b] | AllowedValues lists other values",
                "Type: String, AllowedPattern: '.*[!#$].*' | AllowedPattern .*[!#$].* does not match it",
                "Type: String, AllowedPattern: '[a-zA-Z][a-zA-Z0-9]*' | AllowedPattern [a-zA-Z][a-zA-Z0-9]* does not match",
                "Type: String, AllowedPattern: '[a-z' | AllowedPattern is no regular expression",
                "Type: String, AllowedPattern: '^(?=.*\\d)(?!.*[\"/@])([\\w!-]{8,31}?)$' | AllowedPattern ^(?=.*\\d)",
                "Type: Number | is of type Number: {{generated_password}} needs a String",
            })
    void whatDoesNotFitNamesTheConstraint(String declaration, String problem) {
        assertThat(misfit(declaration, PASSWORD))
                .hasValueSatisfying(message -> assertThat(message).contains(problem));
    }

    static Stream<Arguments> patternsThatMayTakeYears() {
        return Stream.of(
                arguments(".{32}" + "(|)".repeat(40) + "!", PASSWORD),
                arguments(".{32}" + "(a?|b?)".repeat(40) + "!", PASSWORD),
                arguments(".{32}" + "(a?)?".repeat(40) + "!", PASSWORD),
                arguments(".{32}" + "(?:(?=a?)){0,9}".repeat(40) + "!", PASSWORD),
                arguments("^?".repeat(40) + "!", PASSWORD),
                arguments(".{32}" + "$?".repeat(40) + "!", PASSWORD),
                arguments("([A-Za-z0-9]|x)*!", PASSWORD.repeat(180)),
                arguments("([a-zA-Z0-9]+)+\\1!", PASSWORD),
                arguments("[a-zA-Z0-9]*".repeat(20) + "!", PASSWORD),
                arguments("(".repeat(20_000) + ")".repeat(20_000), PASSWORD),
                arguments("a".repeat(1_001), PASSWORD));
    }

    @ParameterizedTest
    @MethodSource("patternsThatMayTakeYears")
    @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
    void whatMayTakeYearsToMatchIsNotJudged(String pattern, String value) {
        assertThat(misfit("Type: String, AllowedPattern: '" + pattern + "'", value))
                .isEmpty();
    }

    @Test
    void textAroundAPasswordCounts() {
        String declaration = "Type: String, MaxLength: 33, AllowedPattern: '!.*'";

        assertThat(misfit(declaration, "!" + PASSWORD)).isEmpty();
        assertThat(misfit(declaration, "!!" + PASSWORD)).isPresent();
    }

    @Test
    void whatIsKnownLaterIsNotJudged() {
        assertThat(misfit("Type: String, MaxLength: 3", "{{tenant_name}}")).isEmpty();
        assertThat(misfit("Type: String, AllowedValues: [x]", "{{tenant_name}}" + PASSWORD))
                .isEmpty();
    }

    private static Optional<String> misfit(String declaration, String value) {
        Template template = Template.parse(
                "Parameters: {P: {" + declaration + "}}\nResources: {Topic: {Type: 'AWS::SNS::Topic'}}\n");
        return PasswordFit.misfit(template.parameters().get("P"), value);
    }
}
