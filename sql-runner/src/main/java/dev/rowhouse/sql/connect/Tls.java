package dev.rowhouse.sql.connect;

import dev.rowhouse.sql.TlsMode;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS over a connected socket, as strict as is asked for, by the JVM's own means. */
public final class Tls {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private Tls() {}

    /**
     * Lays TLS over {@code socket}; the handshake, which fails where the server does not prove who it is, is the caller's to
     * start.
     *
     * @param host whose name must be in the certificate where names count: never of an IP literal, as a certificate seldom holds
     *     an address
     */
    public static SSLSocket over(Socket socket, String host, int port, TlsMode mode, TrustedRoots roots)
            throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, judges(mode, roots), null);
            SSLSocket encrypted =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, /* autoClose= */ true);
            SSLParameters parameters = encrypted.getSSLParameters();
            parameters.setProtocols(VERSIONS);
            if (mode == TlsMode.VERIFY_FULL && !Endpoints.isIpLiteral(host)) {
                // The rules for names are HTTPS's (RFC 2818), and serve any protocol.
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            encrypted.setSSLParameters(parameters);
            return encrypted;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up", e);
        }
    }

    private static TrustManager[] judges(TlsMode mode, TrustedRoots roots)
            throws GeneralSecurityException, IOException {
        return switch (mode) {
            case VERIFY_FULL, VERIFY_CA -> {
                TrustManagerFactory factory =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(roots.keyStore());
                yield factory.getTrustManagers();
            }
            case REQUIRE -> new TrustManager[] {new AnyCertificate()};
            case OFF -> throw new IllegalArgumentException("TLS is off");
        };
    }

    /** An extended one, because to any other the JVM adds checks of its own. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
            throw weAreTheClient();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            throw weAreTheClient();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw weAreTheClient();
        }

        private static IllegalStateException weAreTheClient() {
            return new IllegalStateException("Only servers are connected to");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
