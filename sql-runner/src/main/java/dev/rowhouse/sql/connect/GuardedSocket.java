package dev.rowhouse.sql.connect;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * A socket that connects where its guard lets it, and reads what its guard lets it. Without a proxy, whatever the JVM's
 * properties say: a proxy would look the name up again.
 */
final class GuardedSocket extends Socket {
    private final ConnectionGuard guard;

    GuardedSocket(ConnectionGuard guard) {
        super(Proxy.NO_PROXY);
        this.guard = guard;
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
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new CountedInput(super.getInputStream());
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
