package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.SqlRun.Database;
import dev.rowhouse.sql.TlsMode;
import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.connect.Endpoints;
import dev.rowhouse.sql.connect.TrustedRoots;
import dev.rowhouse.sql.connect.WireLayer;
import java.io.IOException;
import java.net.Socket;
import java.util.Properties;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.SslMode;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.ssl.PGjdbcHostnameVerifier;
import org.postgresql.util.PSQLException;

/**
 * TLS below the driver, so that its messages can be read before the driver believes what they say of their sizes. The handshake
 * is the driver's own, by its parts.
 */
final class PostgresWire implements WireLayer {
    /** See SSLRequest in https://www.postgresql.org/docs/current/protocol-message-formats.html. */
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    private final Database database;
    private final TrustedRoots roots;
    private final ConnectionGuard guard;

    PostgresWire(Database database, TrustedRoots roots, ConnectionGuard guard) {
        this.database = database;
        this.roots = roots;
        this.guard = guard;
    }

    @Override
    public Wire over(Socket socket) throws IOException {
        Socket wire = database.tls() == TlsMode.OFF ? socket : encrypt(socket);
        return new Wire(new PostgresMessages(wire.getInputStream(), guard), wire.getOutputStream());
    }

    private Socket encrypt(Socket socket) throws IOException {
        socket.getOutputStream().write(SSL_REQUEST);
        int answer = socket.getInputStream().read();
        if (answer != 'S') {
            throw new IOException("The server does not speak TLS, which is asked for");
        }
        SslMode mode = sslMode(database);
        SSLSocket encrypted =
                (SSLSocket) factory(mode).createSocket(socket, database.host(), database.port(), /* autoClose= */ true);
        encrypted.startHandshake();
        if (mode.verifyPeerName() && !PGjdbcHostnameVerifier.INSTANCE.verify(database.host(), encrypted.getSession())) {
            throw new SSLPeerUnverifiedException("The server's certificate is not for the host's name");
        }
        return encrypted;
    }

    private LibPQFactory factory(SslMode mode) throws IOException {
        Properties properties = new Properties();
        PGProperty.SSL_MODE.set(properties, mode.value);
        PGProperty.SSL_ROOT_CERT.set(properties, roots.pem().toString());
        // Empty, and not absent: absent means the client certificate in ~/.postgresql.
        PGProperty.SSL_CERT.set(properties, "");
        PGProperty.SSL_KEY.set(properties, "");
        try {
            return new LibPQFactory(properties);
        } catch (PSQLException e) {
            throw new IOException("TLS cannot be set up", e);
        }
    }

    /** A certificate seldom holds an address, so there the name is not asked for. */
    static SslMode sslMode(Database database) {
        TlsMode tls = database.tls();
        return switch (tls) {
            case VERIFY_FULL -> Endpoints.isIpLiteral(database.host()) ? SslMode.VERIFY_CA : SslMode.VERIFY_FULL;
            case VERIFY_CA -> SslMode.VERIFY_CA;
            case REQUIRE -> SslMode.REQUIRE;
            case OFF -> SslMode.DISABLE;
        };
    }
}
