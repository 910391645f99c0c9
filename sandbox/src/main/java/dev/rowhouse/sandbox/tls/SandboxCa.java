package dev.rowhouse.sandbox.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;

/**
 * A certificate authority for one sandbox's servers. Its key lies beside its certificate, readable by the user alone; it
 * is trusted by nobody who was not told to. Thread-safe.
 */
public final class SandboxCa {

    private static final String NAME = "Rowhouse sandbox CA";
    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);
    private static final Duration SERVER_VALIDITY = Duration.ofDays(365);

    private final Path caFile;
    private final KeyPair keys;
    private final Clock clock;

    private SandboxCa(Path caFile, KeyPair keys, Clock clock) {
        this.caFile = caFile;
        this.keys = keys;
        this.clock = clock;
    }

    /** The authority in this directory, made there the first time: {@code ca.pem} and {@code ca.key}. */
    public static SandboxCa in(Path directory, Clock clock) throws IOException {
        Files.createDirectories(directory);
        Path certificate = directory.resolve("ca.pem");
        Path key = directory.resolve("ca.key");
        try {
            if (Files.notExists(certificate)) {
                // The certificate last: where it is, its key is.
                KeyPair keys = Certificates.newKeys();
                PemFile.write(key, "PRIVATE KEY", keys.getPrivate().getEncoded(), "rw-------");
                byte[] der = Certificates.authority(NAME, keys, clock.instant(), AUTHORITY_VALIDITY);
                PemFile.write(certificate, "CERTIFICATE", der, "rw-r--r--");
            }
            return new SandboxCa(certificate, read(certificate, key), clock);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot make or read the certificate authority in " + directory, e);
        }
    }

    private static KeyPair read(Path certificate, Path key) throws IOException, GeneralSecurityException {
        PublicKey publicKey = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(PemFile.read(certificate)))
                .getPublicKey();
        PrivateKey privateKey =
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(PemFile.read(key)));
        return new KeyPair(publicKey, privateKey);
    }

    /** The authority's certificate in PEM, for {@code sslrootcert} and its like. */
    public Path caFile() {
        return caFile;
    }

    /** Writes a new key and a certificate for it, valid for a year; replaces earlier ones. */
    public void issue(ServerNames names, Path certificateFile, Path keyFile) throws IOException {
        try {
            KeyPair server = Certificates.newKeys();
            byte[] der = Certificates.server(
                    NAME, keys, "Rowhouse sandbox server", server.getPublic(), names, clock.instant(), SERVER_VALIDITY);
            PemFile.write(keyFile, "PRIVATE KEY", server.getPrivate().getEncoded(), "rw-------");
            PemFile.write(certificateFile, "CERTIFICATE", der, "rw-r--r--");
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot make a certificate for " + names, e);
        }
    }
}
