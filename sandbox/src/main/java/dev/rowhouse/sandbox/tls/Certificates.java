package dev.rowhouse.sandbox.tls;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** X.509 certificates as of RFC 5280, on the curve P-256, in DER. */
final class Certificates {

    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final String ALTERNATIVE_NAME = "2.5.29.17";
    private static final String SUBJECT_KEY = "2.5.29.14";
    private static final String AUTHORITY_KEY = "2.5.29.35";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final byte[] SHA256_WITH_ECDSA = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));

    // A client's clock may be behind ours.
    private static final Duration SKEW = Duration.ofHours(24);

    private static final SecureRandom RANDOM = new SecureRandom();

    private Certificates() {}

    static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    static byte[] authority(String name, KeyPair keys, Instant now, Duration validity) throws GeneralSecurityException {
        List<byte[]> extensions = List.of(
                critical(BASIC_CONSTRAINTS, Der.sequence(Der.yes())),
                critical(KEY_USAGE, Der.bits(1, (byte) 0b0000_0110)),
                extension(SUBJECT_KEY, Der.octets(keyIdentifier(keys.getPublic()))));
        return signed(name, name, keys.getPublic(), keys.getPrivate(), now, validity, extensions);
    }

    static byte[] server(
            String issuer,
            KeyPair issuerKeys,
            String subject,
            PublicKey key,
            ServerNames names,
            Instant now,
            Duration validity)
            throws GeneralSecurityException {
        List<byte[]> alternativeNames = new ArrayList<>();
        names.dns().forEach(name -> alternativeNames.add(Der.implicit(2, name.getBytes(StandardCharsets.US_ASCII))));
        names.addresses().forEach(address -> alternativeNames.add(Der.implicit(7, address.getAddress())));
        List<byte[]> extensions = List.of(
                critical(BASIC_CONSTRAINTS, Der.sequence()),
                critical(KEY_USAGE, Der.bits(7, (byte) 0b1000_0000)),
                extension(EXTENDED_KEY_USAGE, Der.sequence(Der.oid(SERVER_AUTHENTICATION))),
                extension(ALTERNATIVE_NAME, Der.sequence(alternativeNames.toArray(byte[][]::new))),
                extension(SUBJECT_KEY, Der.octets(keyIdentifier(key))),
                extension(AUTHORITY_KEY, Der.sequence(Der.implicit(0, keyIdentifier(issuerKeys.getPublic())))));
        return signed(issuer, subject, key, issuerKeys.getPrivate(), now, validity, extensions);
    }

    private static byte[] signed(
            String issuer,
            String subject,
            PublicKey key,
            PrivateKey issuerKey,
            Instant now,
            Duration validity,
            List<byte[]> extensions)
            throws GeneralSecurityException {
        byte[] content = Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(128, RANDOM).setBit(126)),
                SHA256_WITH_ECDSA,
                name(issuer),
                Der.sequence(Der.time(now.minus(SKEW)), Der.time(now.plus(validity))),
                name(subject),
                key.getEncoded(),
                Der.explicit(3, Der.sequence(extensions.toArray(byte[][]::new))));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuerKey);
        signature.update(content);
        return Der.sequence(content, SHA256_WITH_ECDSA, Der.bits(0, signature.sign()));
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.utf8(commonName))));
    }

    private static byte[] extension(String oid, byte[] content) {
        return Der.sequence(Der.oid(oid), Der.octets(content));
    }

    private static byte[] critical(String oid, byte[] content) {
        return Der.sequence(Der.oid(oid), Der.yes(), Der.octets(content));
    }

    private static byte[] keyIdentifier(PublicKey key) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return Arrays.copyOf(digest, 20);
    }
}
