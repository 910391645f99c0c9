package dev.rowhouse.sql.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The CAs whose word on a server's name is taken, as a file of PEM certificates, which is what drivers read. AWS's databases need
 * its global bundle (https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem).
 *
 * @param pem the file
 */
public record TrustedRoots(Path pem) {

    /**
     * The certificates of {@code caFile}; without one, those the JVM trusts, written to a file that goes with the process.
     *
     * @throws UnusableCaFileException when the file cannot be read or holds no certificate
     */
    public static TrustedRoots from(Optional<Path> caFile) {
        return caFile.map(TrustedRoots::checked).orElseGet(TrustedRoots::ofTheJvm);
    }

    /** The certificates, as the JVM's own TLS wants them. */
    KeyStore keyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            for (Certificate root : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("root-" + store.size(), root);
            }
        }
        return store;
    }

    private static TrustedRoots checked(Path caFile) {
        try (InputStream in = Files.newInputStream(caFile)) {
            if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
                throw new UnusableCaFileException(caFile, "holds no certificate: give a file in PEM", null);
            }
            return new TrustedRoots(caFile);
        } catch (IOException e) {
            throw new UnusableCaFileException(caFile, "cannot be read: " + e, e);
        } catch (CertificateException e) {
            throw new UnusableCaFileException(caFile, "is not PEM: " + e.getMessage(), e);
        }
    }

    private static TrustedRoots ofTheJvm() {
        StringBuilder pem = new StringBuilder();
        Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (X509Certificate root : roots(factory)) {
                pem.append("-----BEGIN CERTIFICATE-----\n")
                        .append(encoder.encodeToString(root.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            }
            Path file = Files.createTempFile("rowhouse-trusted-", ".pem");
            file.toFile().deleteOnExit();
            return new TrustedRoots(Files.writeString(file, pem));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM's trust store cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The JVM's trusted certificates cannot be written to a file", e);
        }
    }

    private static Iterable<X509Certificate> roots(TrustManagerFactory factory) {
        return () -> Stream.of(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
                .iterator();
    }
}
