package dev.rowhouse.sql.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Watches over one connection: where it goes to, how much comes in, and until when. It holds the socket below the driver and
 * below TLS, and closes it; a driver's own limits do not hold against a server that means harm.
 *
 * <p>Used by the thread that runs the connection, by the timer and by whoever cancels: guarded by its own monitor, except that
 * the reading thread alone counts.
 */
public final class ConnectionGuard implements AutoCloseable {

    /** Why a guard closed its socket. */
    public enum Breach {
        FORBIDDEN_ADDRESS,
        TOO_MANY_BYTES,
        /** What no honest server says. */
        BROKEN_PROTOCOL,
        DEADLINE,
        CANCELLED
    }

    private final AddressRules rules;
    private final Resolver resolver;
    private final ByteLimits limits;
    private final ScheduledExecutorService timer;

    private Socket socket;
    private Future<?> watchdog;
    private Breach breach;
    private ForbiddenEndpointException forbidden;

    private long received;
    private long mayReceive;

    public ConnectionGuard(AddressRules rules, Resolver resolver, ByteLimits limits, ScheduledExecutorService timer) {
        this.rules = rules;
        this.resolver = resolver;
        this.limits = limits;
        this.timer = timer;
        this.mayReceive = limits.login();
    }

    /** The socket for a driver to use; another call replaces it. */
    public synchronized Socket newSocket(WireLayer layer) {
        socket = new GuardedSocket(this, layer);
        return socket;
    }

    /** Closes the socket at {@code deadline}, in place of any deadline before. */
    public synchronized void closeAt(Deadline deadline) {
        if (watchdog != null) {
            watchdog.cancel(false);
        }
        watchdog = timer.schedule(
                () -> breach(Breach.DEADLINE), deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Closes the socket because of a message that is, or says it is, larger than it may be. */
    public void tooMany() {
        breach(Breach.TOO_MANY_BYTES);
    }

    /** Closes the socket because of a message that no honest server sends. */
    public void brokenProtocol() {
        breach(Breach.BROKEN_PROTOCOL);
    }

    /** From here on the limit for a statement counts, anew. */
    public void nextStatement() {
        mayReceive = Math.min(received + limits.statement(), limits.connection());
    }

    /** Closes the socket for good; whoever is using it gets an {@link IOException}. */
    public void cancel() {
        breach(Breach.CANCELLED);
    }

    /** Why the socket was closed, if this guard did. The first reason stays. */
    public synchronized Optional<Breach> breach() {
        return Optional.ofNullable(breach);
    }

    /** What is wrong with the address, after {@link Breach#FORBIDDEN_ADDRESS}. */
    public synchronized Optional<ForbiddenEndpointException> forbidden() {
        return Optional.ofNullable(forbidden);
    }

    /** Bytes let through to the driver so far. */
    public long received() {
        return received;
    }

    /** Ends the watch and closes what is still open. */
    @Override
    public synchronized void close() {
        if (watchdog != null) {
            watchdog.cancel(false);
        }
        closeSocket();
    }

    /**
     * The one time the host is looked up: what is connected to is the very address that was vetted. All of a name's addresses
     * must pass, so that the answer does not depend on their order.
     */
    SocketAddress vet(InetSocketAddress wanted) throws IOException {
        List<InetAddress> addresses = resolver.resolve(wanted.getHostString());
        if (addresses.isEmpty()) {
            throw new UnknownHostException("No address");
        }
        try {
            for (InetAddress address : addresses) {
                rules.check(address);
            }
        } catch (ForbiddenEndpointException e) {
            forbid(e);
            throw e;
        }
        return new InetSocketAddress(addresses.get(0), wanted.getPort());
    }

    /** How many of {@code wanted} bytes may be read now; never 0. */
    int allow(int wanted) throws IOException {
        long left = mayReceive - received;
        if (left <= 0) {
            breach(Breach.TOO_MANY_BYTES);
            throw new IOException("The server sent more than it may");
        }
        return (int) Math.min(wanted, left);
    }

    void count(long bytes) {
        received += bytes;
    }

    /** A socket that was asked for while, or after, its guard closed is of no use. */
    synchronized void requireOpen() throws IOException {
        if (breach != null) {
            throw new IOException("Closed: " + breach);
        }
    }

    private synchronized void forbid(ForbiddenEndpointException e) {
        forbidden = e;
        breach(Breach.FORBIDDEN_ADDRESS);
    }

    private synchronized void breach(Breach reason) {
        if (breach == null) {
            breach = reason;
        }
        closeSocket();
    }

    private void closeSocket() {
        if (socket == null) {
            return;
        }
        try {
            socket.close();
        } catch (IOException e) {
            // A socket that fails to close is closed: the reading thread gets its exception either way.
        }
    }
}
