package dev.rowhouse.onboarding.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {

    private static final String ONE =
            Base64.getEncoder().encodeToString("1".repeat(32).getBytes());
    private static final String TWO =
            Base64.getEncoder().encodeToString("2".repeat(40).getBytes());

    @TempDir
    private Path directory;

    @Test
    void derivesTheSamePasswordFromTheSameKeyAlone() throws IOException {
        KeyRing ring = ring("current=b\nkey.a=" + ONE + "\nkey.b=" + TWO, "rw-------");

        assertThat(ring.currentKeyId()).isEqualTo("b");
        assertThat(password(ring, "a")).isEqualTo(password(ring, "a")).isNotEqualTo(password(ring, "b"));
    }

    @Test
    void aCheckValueTellsAKeyFromAnotherOfItsName() throws IOException {
        String before = ring("current=a\nkey.a=" + ONE, "rw-------").checkValue("a");

        assertThat(ring("current=a\nkey.a=" + TWO, "rw-------").checkValue("a")).isNotEqualTo(before);
    }

    @Test
    void refusesAFileThatOthersRead() {
        assertThatThrownBy(() -> ring("current=a\nkey.a=" + ONE, "rw-r--r--")).hasMessageContaining("chmod o=,g-w");
    }

    @Test
    void refusesAShortKeyWithoutShowingIt() {
        String key = Base64.getEncoder().encodeToString("short".getBytes());

        assertThatThrownBy(() -> ring("current=a\nkey.a=" + key, "rw-------"))
                .hasMessageContaining("has 5 bytes; at least 32")
                .hasMessageNotContaining(key);
    }

    @Test
    void refusesWhatIsNotBase64WithoutShowingIt() {
        assertThatThrownBy(() -> ring("current=a\nkey.a=se_cret!", "rw-------"))
                .hasMessageContaining("key.a")
                .hasMessageNotContaining("se_cret!")
                .hasNoCause();
    }

    @Test
    void refusesARingWithoutACurrentKey() {
        assertThatThrownBy(() -> ring("current=b\nkey.a=" + ONE, "rw-------")).hasMessageContaining("current=<id>");
    }

    @Test
    void namesAKeyThatIsGone() throws IOException {
        KeyRing ring = ring("current=a\nkey.a=" + ONE, "rw-r-----");

        assertThatThrownBy(() -> password(ring, "old"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no key old");
    }

    private static String password(KeyRing ring, String keyId) {
        return ring.password(keyId, "prod", new SaasId("crm"), new TenantId("t1"), "DbPass", "nonce");
    }

    private KeyRing ring(String text, String permissions) throws IOException {
        Path file = Files.writeString(directory.resolve("keys"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return KeyRing.read(file);
    }
}
