package dev.rowhouse.service.http;

import dev.rowhouse.service.config.ConfigReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The keys that open the API. Holds their SHA-256 only, so that no dump or log of this object shows a key. Thread-safe.
 */
public final class ApiKeys {

    private static final String NAME = "rowhouse.api-keys";
    private static final Pattern FORM = Pattern.compile("[!-~&&[^,]]{8,256}");
    private static final String BEARER = "Bearer ";

    private final List<byte[]> digests;

    /** @throws IllegalArgumentException when there is none, or one is not 8 to 256 visible ASCII characters */
    public ApiKeys(List<String> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("at least one API key is needed");
        }
        if (!keys.stream().allMatch(key -> FORM.matcher(key).matches())) {
            throw new IllegalArgumentException("an API key is 8 to 256 visible ASCII characters without comma");
        }
        this.digests = keys.stream().map(ApiKeys::digest).toList();
    }

    /** Reads {@code rowhouse.api-keys}, separated by commas; required. Null where it cannot be read. */
    public static ApiKeys read(ConfigReader reader) {
        List<String> keys = reader.list(NAME);
        try {
            return new ApiKeys(keys);
        } catch (IllegalArgumentException e) {
            reader.problem(NAME, e.getMessage() + "; give keys of 8 to 256 visible characters, separated by commas");
            return null;
        }
    }

    /** @param authorization the {@code Authorization} header; null where there is none */
    boolean accept(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return false;
        }
        byte[] given = digest(authorization.substring(BEARER.length()).trim());
        // Each digest is compared, whole, whether an earlier one matched or not: the time taken tells nothing of the
        // keys.
        boolean accepted = false;
        for (byte[] digest : digests) {
            accepted |= MessageDigest.isEqual(digest, given);
        }
        return accepted;
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "ApiKeys[" + digests.size() + "]";
    }
}
