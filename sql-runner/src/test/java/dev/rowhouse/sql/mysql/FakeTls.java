package dev.rowhouse.sql.mysql;

import dev.rowhouse.sandbox.tls.SandboxCa;
import dev.rowhouse.sandbox.tls.ServerNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server's side of TLS, with a certificate of the sandbox's authority. */
final class FakeTls {
    private static final char[] NO_PASSWORD = {};

    private final SSLContext context;

    private FakeTls(SSLContext context) {
        this.context = context;
    }

    /** @param directory for keys, empty */
    static FakeTls of(String name, Path directory) throws IOException, GeneralSecurityException {
        Path certificate = directory.resolve("server.pem");
        Path key = directory.resolve("server.key");
        SandboxCa.in(directory, Clock.systemUTC()).issue(new ServerNames(List.of(name), List.of()), certificate, key);
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry(
                "server",
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der(key))),
                NO_PASSWORD,
                new Certificate[] {
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der(certificate)))
                });
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return new FakeTls(context);
    }

    private static byte[] der(Path pem) throws IOException {
        return Base64.getMimeDecoder().decode(Files.readString(pem).replaceAll("-----[A-Z ]+-----", ""));
    }

    /** Waits for the client's handshake. */
    Socket over(Socket client) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(client, null, client.getPort(), true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }
}
