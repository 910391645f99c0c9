package dev.rowhouse.sql.connect;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * A server's messages, each handed to the driver when it is there as a whole and has been vetted. Drivers make room for what a
 * server says it will send before it comes.
 *
 * <p>What was read stays when reading times out: a driver may ask for messages by timeouts of a millisecond.
 */
public abstract class WholeMessages extends InputStream {
    /** Of one message, and so of one row, in bytes. */
    public static final int LARGEST = 8 << 20;

    private final int headerSize;
    private final ByteBuffer header;
    private InputStream in;
    private ByteBuffer filling;
    private ByteBuffer ready = ByteBuffer.allocate(0);

    /** @param headerSize in bytes: what a message begins with, and tells its length */
    protected WholeMessages(InputStream in, int headerSize) {
        this.in = new BufferedInputStream(in);
        this.headerSize = headerSize;
        this.header = ByteBuffer.allocate(headerSize);
        this.filling = header;
    }

    /**
     * How many bytes follow {@code header}.
     *
     * @throws IOException when they are too many, or cannot be that many
     */
    protected abstract int bodySize(ByteBuffer header) throws IOException;

    /**
     * Reads {@code message}, at whose start it stands, before the driver does.
     *
     * @throws IOException when the driver must not have it
     */
    protected abstract void vet(ByteBuffer message) throws IOException;

    /** Whether the server has sent more than has been read. */
    protected final boolean hasMore() throws IOException {
        return ready.hasRemaining() || header.position() > 0 || in.available() > 0;
    }

    /** Goes on with another stream, such as what is encrypted in the one before. */
    protected final void continueWith(InputStream other) {
        in = new BufferedInputStream(other);
    }

    @Override
    public final int read() throws IOException {
        return awaitMessage() ? ready.get() & 0xff : -1;
    }

    @Override
    public final int read(byte[] buffer, int offset, int length) throws IOException {
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

    /** Of the message that is there; drivers ask whether they need wait. */
    @Override
    public final int available() {
        return ready.remaining();
    }

    @Override
    public final void close() throws IOException {
        in.close();
    }

    /** @return false at the end of what the server sent */
    private boolean awaitMessage() throws IOException {
        while (!ready.hasRemaining()) {
            if (!fill()) {
                return false;
            }
            try {
                takeWhatIsFilled();
            } catch (IOException e) {
                // Nothing of this server is worth reading any more.
                in.close();
                throw e;
            }
        }
        return true;
    }

    private void takeWhatIsFilled() throws IOException {
        if (filling == header) {
            filling = ByteBuffer.allocate(
                            headerSize + bodySize(header.duplicate().flip()))
                    .put(header.array());
        } else {
            ByteBuffer message = filling.flip();
            filling = header.clear();
            vet(message.duplicate());
            ready = message;
        }
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
}
