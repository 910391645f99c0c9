package dev.rowhouse.sandbox.aws.wire;

import java.security.SecureRandom;

/** Random parts of ids and credentials, in the alphabets AWS uses. Thread-safe. */
public final class RandomText {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String HEX = "0123456789abcdef";
    private static final String SECRET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private RandomText() {}

    /** Capital letters and digits, as in access keys and generated names. */
    public static String upper(int length) {
        return of(UPPER, length);
    }

    public static String lower(int length) {
        return of(LOWER, length);
    }

    /** As in EC2's ids. */
    public static String hex(int length) {
        return of(HEX, length);
    }

    /** As in secret keys and session tokens. */
    public static String secret(int length) {
        return of(SECRET, length);
    }

    private static String of(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
