package dev.rowhouse.sql.mysql;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.ServerSession;
import com.mysql.cj.protocol.SocketConnection;
import com.mysql.cj.protocol.SocketFactory;
import dev.rowhouse.sql.connect.GuardedSocketFactory;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Connector/J's way to a guarded socket. Public because the driver makes it, by its name. */
public final class MySqlSocketFactory implements SocketFactory {
    /** The property that holds the ticket's token: ours, and the driver hands it on. */
    static final String TOKEN = "rowhouseSocketToken";

    private MySqlWire wire;

    @Override
    public <T extends Closeable> T connect(String host, int port, PropertySet properties, int loginTimeout)
            throws IOException {
        GuardedSocketFactory sockets =
                new GuardedSocketFactory(properties.getStringProperty(TOKEN).getValue());
        wire = (MySqlWire) sockets.layer();
        Socket socket = sockets.createSocket();
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.connect(
                InetSocketAddress.createUnresolved(host, port),
                properties.getIntegerProperty(PropertyKey.connectTimeout).getValue());
        return forDriver(socket);
    }

    /** The driver's own settings for TLS play no part. */
    @Override
    public <T extends Closeable> T performTlsHandshake(SocketConnection connection, ServerSession session)
            throws IOException {
        return forDriver(wire.encrypt());
    }

    /** The interface lets the caller choose the type; the driver always chooses {@link Socket}. */
    @SuppressWarnings("unchecked")
    private static <T extends Closeable> T forDriver(Socket socket) {
        return (T) socket;
    }
}
