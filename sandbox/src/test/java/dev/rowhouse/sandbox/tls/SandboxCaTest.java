package dev.rowhouse.sandbox.tls;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.sandbox.process.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxCaTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2049-06-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    @Test
    void issuesACertificateThatItsAuthorityVouchesFor() throws Exception {
        SandboxCa ca = SandboxCa.in(directory, CLOCK);

        issue(ca);

        assertThat(vouchedFor(ca)).isTrue();
    }

    @Test
    void namesTheServerByHostAndAddress() throws Exception {
        issue(SandboxCa.in(directory, CLOCK));

        assertThat(certificate(directory.resolve("server.pem")).getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "localhost"), List.of(7, "127.77.1.200"));
    }

    @Test
    void isTheSameAuthorityWhenReadAgain() throws Exception {
        Path first = SandboxCa.in(directory, CLOCK).caFile();
        byte[] made = Files.readAllBytes(first);

        SandboxCa again = SandboxCa.in(directory, CLOCK);

        issue(again);
        assertThat(again.caFile()).hasBinaryContent(made);
        assertThat(vouchedFor(again)).isTrue();
    }

    @Test
    void letsOnlyTheOwnerReadKeys() throws Exception {
        issue(SandboxCa.in(directory, CLOCK));

        for (String key : List.of("ca.key", "server.key")) {
            assertThat(Files.getPosixFilePermissions(directory.resolve(key)))
                    .containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE);
        }
    }

    private void issue(SandboxCa ca) throws IOException {
        ServerNames names = new ServerNames(List.of("localhost"), List.of(Ports.ipv4("127.77.1.200")));
        ca.issue(names, directory.resolve("server.pem"), directory.resolve("server.key"));
    }

    private boolean vouchedFor(SandboxCa ca) throws Exception {
        PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(certificate(ca.caFile()), null)));
        trust.setRevocationEnabled(false);
        trust.setDate(Date.from(CLOCK.instant()));
        var path = CertificateFactory.getInstance("X.509")
                .generateCertPath(List.of(certificate(directory.resolve("server.pem"))));
        CertPathValidator.getInstance("PKIX").validate(path, trust);
        return true;
    }

    private static X509Certificate certificate(Path file) throws IOException, GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }
}
