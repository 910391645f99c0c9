package dev.rowhouse.sql.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.sql.postgres.PostgresSplitter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {
    private static Script split(String text) throws UnreadableScriptException {
        return new PostgresSplitter().split(text);
    }

    @Test
    void isReadAsOftenAsNeeded() throws Exception {
        Script script = split("SELECT 1;\nSELECT 2;");
        try (ScriptReader first = script.open();
                ScriptReader second = script.open()) {
            first.next();
            first.next();

            assertThat(first.hasNext()).isFalse();
            assertThat(second.next().text()).isEqualTo("SELECT 1");
        }
    }

    @Test
    void knowsLinesAndKindsWithoutReadingAgain() throws Exception {
        Script script = split("SET a = 1;\n\nSELECT 1;\nVACUUM;");

        assertThat(script.size()).isEqualTo(3);
        assertThat(script.lineOf(2)).isEqualTo(3);
        assertThat(script.kindOf(3)).isEqualTo(Kind.COMMITS);
        assertThat(script.every(kind -> kind != Kind.BEGIN)).isTrue();
        assertThat(script.every(kind -> kind == Kind.SESSION)).isFalse();
    }

    /** A ledger written by an earlier release must know the script again. */
    @ParameterizedTest
    @ValueSource(strings = {"", "SELECT 1", "\uFEFFSELECT 'ü 日本 🏠';\r\n", "SELECT '\uD83C' -- half a pair"})
    void isKnownByItsTextAsItWasGiven(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));

        assertThat(split(text).sha256()).isEqualTo(HexFormat.of().formatHex(digest));
        assertThat(split("SELECT 1;\n".repeat(3_000)).sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest("SELECT 1;\n".repeat(3_000).getBytes(StandardCharsets.UTF_8))));
    }
}
