package dev.rowhouse.sql.mysql;

import dev.rowhouse.sql.SqlRun.Database;
import dev.rowhouse.sql.TlsMode;
import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.connect.Tls;
import dev.rowhouse.sql.connect.TrustedRoots;
import dev.rowhouse.sql.connect.WireLayer;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/**
 * One connection's packets, vetted before the driver reads them, at first plain and then encrypted: MySQL's TLS begins after the
 * server's greeting, when the driver asks for it. Used by one thread.
 */
final class MySqlWire implements WireLayer {
    private final Database database;
    private final TrustedRoots roots;
    private final ConnectionGuard guard;
    private MySqlPackets packets;
    private SSLSocket encrypted;

    MySqlWire(Database database, TrustedRoots roots, ConnectionGuard guard) {
        this.database = database;
        this.roots = roots;
        this.guard = guard;
    }

    @Override
    public Wire over(Socket socket) throws IOException {
        packets = new MySqlPackets(socket.getInputStream(), guard);
        if (database.tls() != TlsMode.OFF) {
            // Here and not when it is asked for: now the socket gives bytes, later packets.
            encrypted = Tls.over(socket, database.host(), database.port(), database.tls(), roots);
        }
        return new Wire(packets, packets.questions(socket.getOutputStream()));
    }

    /**
     * Does the handshake, once the driver has announced it.
     *
     * @throws IOException also when the server does not prove who it is
     */
    EncryptedSocket encrypt() throws IOException {
        if (encrypted == null) {
            throw new IOException("TLS is off");
        }
        packets.endPlain();
        encrypted.startHandshake();
        packets.continueEncrypted(encrypted.getInputStream());
        return new EncryptedSocket(encrypted, packets, packets.questions(encrypted.getOutputStream()));
    }
}
