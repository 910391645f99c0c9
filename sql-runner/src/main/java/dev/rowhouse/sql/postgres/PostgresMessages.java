package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.connect.WholeMessages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** PostgreSQL's messages, whose sizes are true; a driver would make room for up to 2 GiB. */
final class PostgresMessages extends WholeMessages {
    /** One byte of type, four of length, which counts itself; see https://www.postgresql.org/docs/current/protocol.html. */
    private static final int HEADER = 5;

    private static final int LENGTH_ITSELF = 4;
    private static final int NULL_FIELD = -1;

    private final ConnectionGuard guard;

    PostgresMessages(InputStream in, ConnectionGuard guard) {
        super(in, HEADER);
        this.guard = guard;
    }

    @Override
    protected int bodySize(ByteBuffer header) throws IOException {
        int length = header.getInt(1);
        if (length < LENGTH_ITSELF || length > LARGEST) {
            guard.tooMany();
            throw new IOException("The server's message is of " + length + " bytes; 4 to " + LARGEST + " are allowed");
        }
        return length - LENGTH_ITSELF;
    }

    /** Rows say the size of each field once more. */
    @Override
    protected void vet(ByteBuffer message) throws IOException {
        if (message.get(0) != 'D') {
            return;
        }
        ByteBuffer row = message.position(HEADER);
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
