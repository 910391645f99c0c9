package dev.rowhouse.sql.connect;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * A socket that connects where its guard lets it, and reads what its guard lets it, through the layer it was given. Without a
 * proxy, whatever the JVM's properties say: a proxy would look the name up again.
 */
final class GuardedSocket extends Socket {
    private final ConnectionGuard guard;
    private final WireLayer layer;
    private WireLayer.Wire wire;

    GuardedSocket(ConnectionGuard guard, WireLayer layer) {
        super(Proxy.NO_PROXY);
        this.guard = guard;
        this.layer = layer;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        if (!(endpoint instanceof InetSocketAddress wanted)) {
            throw new IOException("Not an internet address");
        }
        guard.requireOpen();
        super.connect(guard.vet(wanted), timeout);
        guard.requireOpen();
        // Until the layer is there, it gets the counted bytes themselves.
        wire = layer.over(this);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return wire == null ? new CountedInput(super.getInputStream()) : wire.in();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return wire == null ? super.getOutputStream() : wire.out();
    }

    private final class CountedInput extends FilterInputStream {
        CountedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            guard.allow(1);
            int b = super.read();
            if (b >= 0) {
                guard.count(1);
            }
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int n = super.read(buffer, offset, guard.allow(length));
            if (n > 0) {
                guard.count(n);
            }
            return n;
        }

        @Override
        public long skip(long wanted) throws IOException {
            if (wanted <= 0) {
                return 0;
            }
            long n = super.skip(guard.allow((int) Math.min(wanted, Integer.MAX_VALUE)));
            guard.count(n);
            return n;
        }
    }
}
