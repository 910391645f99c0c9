package dev.rowhouse.sandbox.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParametersTest {
    @Test
    void readsListsInOrder() {
        Parameters parameters = new Parameters(Map.of("Ids.member.2", "b", "Ids.member.1", "a", "Ids.member.10", "j"));

        assertThat(parameters.list("Ids")).containsExactly("a", "b");
    }

    @Test
    void readsTheSdksEmptyList() {
        assertThat(new Parameters(Map.of("Ids", "")).list("Ids")).isEmpty();
    }

    @Test
    void readsStructures() {
        Parameters parameters =
                new Parameters(Map.of("Tags.member.1.Key", "k", "Tags.member.1.Value", "v", "Tags.member.2.Key", "l"));

        assertThat(parameters.structures("Tags"))
                .extracting(tag ->
                        tag.text("Key").orElse("") + "=" + tag.text("Value").orElse(""))
                .containsExactly("k=v", "l=");
    }

    @Test
    void refusesAMissingMember() {
        assertThatThrownBy(() -> new Parameters(Map.of()).required("StackName"))
                .hasMessage("1 validation error detected: Value null at 'stackName' failed to satisfy constraint: "
                        + "Member must not be null");
    }

    @Test
    void refusesANumberOutOfRange() {
        Parameters parameters = new Parameters(Map.of("DurationSeconds", "10"));

        assertThatThrownBy(() -> parameters.number("DurationSeconds", 900, 3600))
                .hasMessageContaining("Value '10' at 'durationSeconds'")
                .hasMessageContaining("Member must have value greater than or equal to 900");
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> new Parameters(Map.of("N", "ten")).number("N", 0, 10))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo("MalformedInput"));
    }

    @Test
    void refusesWhatIsNoFlag() {
        assertThatThrownBy(() -> new Parameters(Map.of("F", "yes")).flag("F"))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo("MalformedInput"));
    }

    @Test
    void namesWhatItDoesNotKnow() {
        Parameters parameters = new Parameters(Map.of("StackName", "s", "Extra.member.1.Key", "v"));

        assertThatThrownBy(() -> parameters.refuseOthersThan(Set.of("StackName")))
                .hasMessageContaining("Extra");
    }

    @Test
    void keepsValuesOutOfItsText() {
        assertThat(new Parameters(Map.of("Password", "swordfish")).toString()).doesNotContain("swordfish");
    }
}
