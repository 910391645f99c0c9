package dev.rowhouse.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {

    @Test
    void keepsAMessageOfTheLongestLength() {
        String longest = "m".repeat(Failure.MAX_MESSAGE);

        assertThat(failure(longest).message()).isEqualTo(longest);
    }

    @Test
    void cutsALongerMessageAndSaysSo() {
        assertThat(failure("m".repeat(3000)).message()).isEqualTo("m".repeat(Failure.MAX_MESSAGE - 1) + "…");
    }

    @Test
    void neverCutsACharacterInTwo() {
        String message = failure("m" + "🏠".repeat(2000)).message();

        assertThat(message).endsWith("🏠…").hasSizeLessThanOrEqualTo(Failure.MAX_MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x07, 0x1b, 0x7f, 0x9b, 0x200b, 0x202e, 0x2028, 0x2029, 0xd83c, 0xe0001})
    void showsWhatCannotBeSeen(int character) {
        String message = failure("a" + Character.toString(character) + "b").message();

        assertThat(message).isEqualTo("a\\u{" + Integer.toHexString(character) + "}b");
    }

    @Test
    void leavesWhatCanBeSeenAsItIs() {
        assertThat(failure("日本語 🏠 é \\ ' \"").message()).isEqualTo("日本語 🏠 é \\ ' \"");
    }

    @Test
    void keepsAMessageOnOneLine() {
        assertThat(failure("a\r\n\tb").message()).isEqualTo("a\\u{d}\\n b");
    }

    @Test
    void changesNothingWhenReadAgain() throws Exception {
        Failure failure = failure("\u001b\n\ud83c" + "🏠".repeat(2000));

        assertThat(Json.mapper().readValue(Json.mapper().writeValueAsBytes(failure), Failure.class))
                .isEqualTo(failure);
    }

    @Test
    void showsWhatCannotBeSeenInDetailsToo() {
        Failure failure = new Failure(
                FailureCode.SQL_FAILED, "run_sql", "m", false, Map.of("reasons", List.of(Map.of("text", "\u001b"))));

        assertThat(failure.details()).isEqualTo(Map.of("reasons", List.of(Map.of("text", "\\u{1b}"))));
    }

    @Test
    void keepsItsDetailsWhateverBecomesOfTheOriginal() {
        List<Object> inner = new ArrayList<>(List.of("a"));
        Failure failure = new Failure(FailureCode.SQL_FAILED, "run_sql", "m", false, new HashMap<>(Map.of("i", inner)));

        inner.add("b");

        assertThat(failure.details()).isEqualTo(Map.of("i", List.of("a")));
        assertThatThrownBy(() -> failure.details().put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void readsACodeOfALaterVersionAsInternal() throws Exception {
        String later = "{\"code\":\"moon_phase\",\"step\":\"s\",\"message\":\"m\",\"retryable\":true,\"details\":{}}";

        assertThat(Json.mapper().readValue(later, Failure.class).code()).isEqualTo(FailureCode.INTERNAL);
    }

    @Test
    void tellsTroubleEvenWhenPartsOfItAreMissing() {
        assertThat(new Failure(null, null, null, false, null))
                .isEqualTo(new Failure(FailureCode.INTERNAL, "unknown", "", false, Map.of()));
    }

    private static Failure failure(String message) {
        return new Failure(FailureCode.SQL_FAILED, "run_sql", message, false, Map.of());
    }
}
