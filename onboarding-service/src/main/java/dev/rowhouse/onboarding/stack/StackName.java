package dev.rowhouse.onboarding.stack;

import dev.rowhouse.schema.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of a tenant's stack. It is the same at every try, which is what makes creating the stack harmless to repeat.
 *
 * @param value a letter, then letters, digits and hyphens; at most 128
 */
public record StackName(String value) {

    private static final int MAX_LENGTH = 128;
    private static final int HASH_LENGTH = 10;
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,127}");
    private static final Pattern ILLEGAL = Pattern.compile("[^A-Za-z0-9-]");
    private static final Pattern LIKE_A_HASHED_NAME = Pattern.compile(".*-[0-9a-f]{" + HASH_LENGTH + "}");

    public StackName {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException("not a stack name: " + value);
        }
    }

    /**
     * {@code rowhouse-<deployment>-<tenant_id>}, made legal. A name that had to be changed or cut ends in a hash of what
     * it was; so does one that merely looks as if it did, or a tenant could choose an id that ends up as another's name.
     */
    public static StackName of(String deployment, TenantId tenant) {
        String wanted = "rowhouse-" + deployment + "-" + tenant.value();
        String legal = ILLEGAL.matcher(wanted).replaceAll("-");
        if (legal.equals(wanted)
                && wanted.length() <= MAX_LENGTH
                && !LIKE_A_HASHED_NAME.matcher(wanted).matches()) {
            return new StackName(wanted);
        }
        int kept = Math.min(legal.length(), MAX_LENGTH - HASH_LENGTH - 1);
        return new StackName(legal.substring(0, kept) + "-" + hash(deployment, tenant));
    }

    private static String hash(String deployment, TenantId tenant) {
        byte[] digest = sha256(deployment + '\n' + tenant.value());
        return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
