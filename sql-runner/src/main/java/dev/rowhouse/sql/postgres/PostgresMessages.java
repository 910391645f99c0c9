package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.connect.ConnectionGuard;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The server's messages, each handed to the driver when it is there as a whole and its sizes are true. The driver makes room
 * for what a server says it will send, up to 2 GiB, before it comes.
 *
 * <p>What was read stays when reading times out: the driver asks for notifications by timeouts of a millisecond.
 */
final class PostgresMessages extends InputStream {
    /** Of one message, and so of one row. */
    static final int LARGEST = 8 << 20;

    /** One byte of type, four of length, which counts itself; see https://www.postgresql.org/docs/current/protocol.html. */
    private static final int HEADER = 5;

    private static final int LENGTH_ITSELF = 4;
    private static final int NULL_FIELD = -1;

    private final InputStream in;
    private final ConnectionGuard guard;

    private final ByteBuffer header = ByteBuffer.allocate(HEADER);
    private ByteBuffer filling = header;
    private ByteBuffer ready = ByteBuffer.allocate(0);

    PostgresMessages(InputStream in, ConnectionGuard guard) {
        this.in = new BufferedInputStream(in);
        this.guard = guard;
    }

    @Override
    public int read() throws IOException {
        return awaitMessage() ? ready.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!awaitMessage()) {
            return -1;
        }
        int n = Math.min(length, ready.remaining());
        ready.get(buffer, offset, n);
        return n;
    }

    /** Of the message that is there; the driver asks whether it need wait. */
    @Override
    public int available() {
        return ready.remaining();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** @return false at the end of what the server sent */
    private boolean awaitMessage() throws IOException {
        while (!ready.hasRemaining()) {
            if (!fill()) {
                return false;
            }
            if (filling == header) {
                filling = ByteBuffer.allocate(HEADER + requireLength(header.getInt(1)))
                        .put(header.array());
            } else {
                ready = filling.flip();
                filling = header.clear();
                requireTrueSizes(ready);
            }
        }
        return true;
    }

    private boolean fill() throws IOException {
        while (filling.hasRemaining()) {
            int n = in.read(filling.array(), filling.position(), filling.remaining());
            if (n < 0 && filling == header && header.position() == 0) {
                return false;
            }
            if (n < 0) {
                throw new EOFException("The server closed the connection within a message");
            }
            filling.position(filling.position() + n);
        }
        return true;
    }

    /** @return how many bytes follow the header */
    private int requireLength(int length) throws IOException {
        if (length < LENGTH_ITSELF || length > LARGEST) {
            guard.tooMany();
            throw new IOException("The server's message is of " + length + " bytes; 4 to " + LARGEST + " are allowed");
        }
        return length - LENGTH_ITSELF;
    }

    /** Rows say the size of each field once more. */
    private void requireTrueSizes(ByteBuffer message) throws IOException {
        if (message.get(0) != 'D') {
            return;
        }
        ByteBuffer row = message.duplicate().position(HEADER);
        boolean isTrue = row.remaining() >= Short.BYTES;
        for (int left = isTrue ? row.getShort() & 0xffff : 0; isTrue && left > 0; left--) {
            isTrue = row.remaining() >= Integer.BYTES && skipField(row);
        }
        if (!isTrue) {
            guard.tooMany();
            throw new IOException("The server's row is smaller than its fields");
        }
    }

    private static boolean skipField(ByteBuffer row) {
        int size = row.getInt();
        if (size == NULL_FIELD) {
            return true;
        }
        if (size < 0 || size > row.remaining()) {
            return false;
        }
        row.position(row.position() + size);
        return true;
    }
}
