package dev.rowhouse.sql.connect;

import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * Hands a driver the sockets of one guard. Drivers make their socket factory themselves, from a class name and a string: so the
 * guard waits here under a one-time token, and the ticket is closed when the driver has come back, whether it came for its
 * guard or not.
 */
public final class GuardedSocketFactory extends SocketFactory {
    private static final Map<String, Waiting> WAITING = new ConcurrentHashMap<>();

    private record Waiting(ConnectionGuard guard, WireLayer layer) {}

    private final Waiting waited;

    /** @param token of an open {@link Ticket}, good for one factory */
    public GuardedSocketFactory(String token) {
        waited = token == null ? null : WAITING.remove(token);
        if (waited == null) {
            throw new IllegalStateException(
                    "No guard waits for this token: every connection needs a ticket of its own");
        }
    }

    /** Names a guard to the factory that a driver is about to make. */
    public static Ticket ticket(ConnectionGuard guard, WireLayer layer) {
        String token = UUID.randomUUID().toString();
        WAITING.put(token, new Waiting(guard, layer));
        return new Ticket(token);
    }

    /** @param token what the driver is to give to the factory */
    public record Ticket(String token) implements AutoCloseable {
        @Override
        public void close() {
            WAITING.remove(token);
        }
    }

    /** What the ticket was made with, for a driver's own kind of factory. */
    public WireLayer layer() {
        return waited.layer();
    }

    @Override
    public Socket createSocket() {
        return waited.guard().newSocket(waited.layer());
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw alreadyConnected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw alreadyConnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw alreadyConnected();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw alreadyConnected();
    }

    private static UnsupportedOperationException alreadyConnected() {
        return new UnsupportedOperationException(
                "Only unconnected sockets are given out: connecting is what is guarded");
    }

    static int waiting() {
        return WAITING.size();
    }
}
