package dev.rowhouse.onboarding.stack;

import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives a tenant's bootstrap password instead of keeping it: the same inputs give the same password, and without the key
 * nobody can work it out.
 *
 * <p>HKDF with SHA-256 (RFC 5869) over the length-prefixed inputs, so that no two different inputs read alike.
 */
final class GeneratedPassword {

    /** Letters and digits, so that no template, URL or shell changes it. */
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    static final int LENGTH = 32;

    /** The largest multiple of the alphabet's size below 256: bytes from there on would favour its first letters. */
    private static final int FAIR = 256 - 256 % ALPHABET.length();

    private GeneratedPassword() {}

    /**
     * @param key at least 32 bytes
     * @param nonce pinned by the onboarding
     */
    static String of(byte[] key, String deployment, SaasId saas, TenantId tenant, String parameter, String nonce) {
        byte[] info = info(List.of(deployment, saas.value(), tenant.value(), parameter, nonce));
        // A derived password lacks a class about once in 250 times; then the next one of the series is taken.
        for (int round = 0; ; round++) {
            String candidate = letters(
                    key,
                    ByteBuffer.allocate(info.length + 4).put(info).putInt(round).array());
            if (candidate.chars().anyMatch(Character::isUpperCase)
                    && candidate.chars().anyMatch(Character::isLowerCase)
                    && candidate.chars().anyMatch(Character::isDigit)) {
                return candidate;
            }
        }
    }

    private static String letters(byte[] key, byte[] info) {
        StringBuilder password = new StringBuilder(LENGTH);
        for (byte b : hkdf(key, new byte[0], info, 8 * LENGTH)) {
            int value = Byte.toUnsignedInt(b);
            if (value < FAIR && password.length() < LENGTH) {
                password.append(ALPHABET.charAt(value % ALPHABET.length()));
            }
        }
        return password.toString();
    }

    private static byte[] info(List<String> inputs) {
        ByteBuffer info = ByteBuffer.allocate(inputs.stream()
                .mapToInt(input -> 4 + input.getBytes(StandardCharsets.UTF_8).length)
                .sum());
        for (String input : inputs) {
            byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
            info.putInt(bytes.length).put(bytes);
        }
        return info.array();
    }

    /** HKDF-Extract, then HKDF-Expand, as RFC 5869 names them. */
    static byte[] hkdf(byte[] key, byte[] salt, byte[] info, int length) {
        byte[] pseudorandomKey = hmac(salt.length == 0 ? new byte[32] : salt, key);
        ByteBuffer output = ByteBuffer.allocate(length);
        byte[] block = new byte[0];
        for (int counter = 1; output.hasRemaining(); counter++) {
            block = hmac(
                    pseudorandomKey,
                    ByteBuffer.allocate(block.length + info.length + 1)
                            .put(block)
                            .put(info)
                            .put((byte) counter)
                            .array());
            output.put(Arrays.copyOf(block, Math.min(block.length, output.remaining())));
        }
        return output.array();
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
