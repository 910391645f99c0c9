package dev.rowhouse.sandbox.aws.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTextTest {
    @Test
    void readsYamlAndJsonAlike() {
        Map<String, Object> yaml = TemplateText.read("A: [1, true, x]\nB: {Ref: P}\n");
        Map<String, Object> json = TemplateText.read("{\"A\": [1, true, \"x\"], \"B\": {\"Ref\": \"P\"}}");

        assertThat(yaml).isEqualTo(json).isEqualTo(Map.of("A", List.of("1", "true", "x"), "B", Map.of("Ref", "P")));
    }

    @Test
    void readsNestedShortTags() {
        assertThat(TemplateText.read("A: !Join ['-', [!Ref P, !GetAtt R.A.B]]"))
                .isEqualTo(Map.of(
                        "A",
                        Map.of(
                                "Fn::Join",
                                List.of("-", List.of(Map.of("Ref", "P"), Map.of("Fn::GetAtt", List.of("R", "A.B")))))));
    }

    @Test
    void refusesAliases() {
        refuses("A: &a [1]\nB: *a\n", "YAML aliases are not allowed in CloudFormation templates");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"a\":[", "a: [", "? ", "- "})
    void survivesATemplateThatNestsWithoutEnd(String open) {
        assertThatThrownBy(() -> TemplateText.read(open.repeat(51_200 / open.length())))
                .isInstanceOf(TemplateException.class);
    }

    @Test
    void refusesMoreThanFiftyLevels() {
        refuses("A: " + "[".repeat(50) + "]".repeat(50), "nests deeper than 50 levels");
        assertThat(TemplateText.read("A: " + "[".repeat(49) + "]".repeat(49))).hasSize(1);
    }

    @Test
    void saysWhereYamlIsWrong() {
        refuses("A: b\nC: [d\n", "Template format error: YAML not well-formed. (line 3, column 1)");
    }

    @Test
    void saysWhereJsonIsWrong() {
        refuses("{\"A\": \"b\",\n \"C\" \"d\"}", "Template format error: JSON not well-formed. (line 2, column 6)");
    }

    @Test
    void refusesDuplicateKeysInYaml() {
        refuses("A: b\nA: c\n", "(line 2, column 1) Duplicate key 'A'");
    }

    @Test
    void refusesDuplicateKeysInJson() {
        refuses("{\"A\": \"b\", \"A\": \"c\"}", "JSON not well-formed.");
    }

    @Test
    void refusesNullInYaml() {
        refuses("Resources:\n  T:\n", "[/Resources/T] 'null' values are not allowed in templates");
    }

    @Test
    void refusesNullInJson() {
        refuses("{\"Resources\": {\"T\": null}}", "[/Resources/T] 'null' values are not allowed in templates");
    }

    @ParameterizedTest
    @ValueSource(strings = {"just text", "[a, b]", "# a comment"})
    void refusesWhatIsNoMap(String text) {
        refuses(text, "Template format error: unsupported structure.");
    }

    @Test
    void refusesASecondDocument() {
        refuses("A: b\n---\nC: d\n", "A template is one YAML document.");
    }

    @Test
    void refusesWhatFollowsJson() {
        refuses("{\"A\": \"b\"} {}", "JSON not well-formed.");
    }

    private static void refuses(String text, String message) {
        assertThatThrownBy(() -> TemplateText.read(text))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(message);
    }
}
