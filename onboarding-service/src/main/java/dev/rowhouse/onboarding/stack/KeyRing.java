package dev.rowhouse.onboarding.stack;

import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * The keys that generated passwords are derived from. An onboarding pins the key it used, so old keys stay in the ring for
 * as long as a password derived from them may be needed. {@link #toString} hides the keys.
 */
public final class KeyRing {

    private static final int SHORTEST = 32;
    private static final String KEY = "key.";

    private final String current;
    private final Map<String, byte[]> keys;

    private KeyRing(String current, Map<String, byte[]> keys) {
        this.current = current;
        this.keys = keys;
    }

    /**
     * Reads a ring: a properties file with {@code key.<id>=<base64 of at least 32 random bytes>} for each key, and
     * {@code current=<id>}.
     *
     * @throws UnusableKeyRingException where it cannot be used
     */
    public static KeyRing read(Path file) {
        refuseOpenFile(file);
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UnusableKeyRingException(file, "cannot be read: " + e, e);
        }
        Map<String, byte[]> keys = new TreeMap<>();
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(KEY))
                .forEach(name -> keys.put(name.substring(KEY.length()), key(file, name, properties.getProperty(name))));
        String current = properties.getProperty("current", "").trim();
        if (!keys.containsKey(current)) {
            throw new UnusableKeyRingException(
                    file,
                    "must say current=<id> of one of its keys " + keys.keySet()
                            + "; a new key is made by: echo \"key.1=$(head -c 32 /dev/urandom | base64)\"",
                    null);
        }
        return new KeyRing(current, keys);
    }

    /** The id of the key for new onboardings. */
    public String currentKeyId() {
        return current;
    }

    /**
     * Tells a key from another of the same id, and nothing of the key itself: kept elsewhere and compared at start, it
     * shows a ring that was swapped before tenants get passwords that nobody can derive again.
     */
    public String checkValue(String keyId) {
        byte[] info = "rowhouse key check".getBytes(StandardCharsets.US_ASCII);
        return HexFormat.of().formatHex(GeneratedPassword.hkdf(key(keyId), new byte[0], info, 8));
    }

    /** The generated password for a tenant's parameter: the same each time for the same arguments. */
    public String password(
            String keyId, String deployment, SaasId saas, TenantId tenant, String parameter, String nonce) {
        return GeneratedPassword.of(key(keyId), deployment, saas, tenant, parameter, nonce);
    }

    private byte[] key(String keyId) {
        byte[] key = keys.get(keyId);
        if (key == null) {
            throw new IllegalStateException("the key ring has no key " + keyId + ", only " + keys.keySet()
                    + ": a key must stay in it while onboardings use it");
        }
        return key;
    }

    private static byte[] key(Path file, String name, String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64.trim());
        } catch (IllegalArgumentException e) {
            // Without the cause: its message may quote the key.
            throw new UnusableKeyRingException(file, "is of no use: " + name + " is not base64", null);
        }
        if (key.length < SHORTEST) {
            throw new UnusableKeyRingException(
                    file,
                    "is of no use: " + name + " has " + key.length + " bytes; at least " + SHORTEST + " are needed",
                    null);
        }
        return key;
    }

    private static void refuseOpenFile(Path file) {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        try {
            Set<PosixFilePermission> permissions = view.readAttributes().permissions();
            if (permissions.contains(PosixFilePermission.OTHERS_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)
                    || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
                throw new UnusableKeyRingException(
                        file, "is open to others: chmod o=,g-w " + file + " (Kubernetes: defaultMode 0440)", null);
            }
        } catch (IOException e) {
            throw new UnusableKeyRingException(file, "cannot be read: " + e, e);
        }
    }

    @Override
    public String toString() {
        return "KeyRing" + keys.keySet();
    }
}
