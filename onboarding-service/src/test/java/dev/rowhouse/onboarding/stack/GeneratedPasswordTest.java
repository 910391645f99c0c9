package dev.rowhouse.onboarding.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeneratedPasswordTest {

    private static final byte[] KEY = new byte[32];

    /** RFC 5869, appendix A.1. */
    @Test
    void derivesAsTheStandardSays() {
        assertThat(GeneratedPassword.hkdf(
                        hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
                        hex("000102030405060708090a0b0c"),
                        hex("f0f1f2f3f4f5f6f7f8f9"),
                        42))
                .isEqualTo(hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
    }

    /** RFC 5869, appendix A.3: no salt, no info. */
    @Test
    void derivesWithoutSaltAsTheStandardSays() {
        assertThat(GeneratedPassword.hkdf(
                        hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"), new byte[0], new byte[0], 42))
                .isEqualTo(hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"));
    }

    @Test
    void theSameInputsGiveTheSamePassword() {
        assertThat(password("crm", "acme", "DbPass", "n")).isEqualTo(password("crm", "acme", "DbPass", "n"));
    }

    @Test
    void everyInputMattersAndNoneRunsIntoTheNext() {
        Set<String> passwords = new HashSet<>();
        passwords.add(password("crm", "acme", "DbPass", "n"));
        passwords.add(password("crm", "acme", "DbPass", "m"));
        passwords.add(password("crm", "acme", "Other", "n"));
        passwords.add(password("crm", "acm", "eDbPass", "n"));
        passwords.add(password("crma", "cme", "DbPass", "n"));

        assertThat(passwords).hasSize(5);
    }

    @Test
    void everyPasswordHasEachClassAndNothingElse() {
        for (int i = 0; i < 2_000; i++) {
            assertThat(password("crm", "t" + i, "DbPass", "n"))
                    .hasSize(32)
                    .matches("[A-Za-z0-9]*")
                    .matches(".*[A-Z].*")
                    .matches(".*[a-z].*")
                    .matches(".*[0-9].*");
        }
    }

    private static String password(String saas, String tenant, String parameter, String nonce) {
        return GeneratedPassword.of(KEY, "test", new SaasId(saas), new TenantId(tenant), parameter, nonce);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
