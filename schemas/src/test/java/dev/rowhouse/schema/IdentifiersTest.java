package dev.rowhouse.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "A-1", "acme.inc_2", ".", "0123456789012345678901234567890123456789012345678901234567890123"
            })
    void takesOneTo64OfTheLettersAllowed(String value) {
        assertThat(new TenantId(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "a\n", "é", "a\u0000", "アクメ"})
    void refusesOtherLetters(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TenantId(value))
                .withMessage("tenant_id must be 1 to 64 of A-Z a-z 0-9 . _ - but has others in it");
    }

    @ParameterizedTest
    @NullAndEmptySource
    void refusesNothingAtAll(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SaasId(value))
                .withMessage("saas_id is missing: give 1 to 64 of A-Z a-z 0-9 . _ -");
    }

    @Test
    void refuses65() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TenantId("x".repeat(65)))
                .withMessage("tenant_id must be 1 to 64 of A-Z a-z 0-9 . _ - but has 65 characters");
    }
}
