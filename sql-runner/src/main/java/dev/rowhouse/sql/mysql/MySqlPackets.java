package dev.rowhouse.sql.mysql;

import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.connect.WholeMessages;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * MySQL's packets. It follows what the server may say next, since what a packet is does not show in itself:
 *
 * <pre>
 *   GREETING ──▶ LOGIN ──OK──▶ NOTHING ──asked──▶ ANSWER ──count──▶ COLUMN ──▶ (END_OF_COLUMNS) ──▶ ROW
 *                                 ▲                  │ ▲                                              │
 *                                 └───OK or error────┘ └──────────── more results ────────────────────┤
 *                                 └───────────────────────── end or error ────────────────────────────┘
 * </pre>
 *
 * The driver makes room for the columns and for each value by the number that a server tells, and keeps an object for each packet
 * of an answer; so those numbers must be true, and an answer may take {@value #MOST_ROOM} bytes of memory.
 *
 * <p>See https://dev.mysql.com/doc/dev/mysql-server/latest/PAGE_PROTOCOL.html.
 */
final class MySqlPackets extends WholeMessages {
    /** Three bytes of length, one of sequence number. */
    private static final int HEADER = 4;

    /** Greeting, change of method, the method's own questions, OK: five by the methods we know. */
    private static final int MOST_LOGIN_PACKETS = 16;

    /** Of a table, and so of an answer: the server's own limit. */
    private static final int MOST_COLUMNS = 4_096;

    private static final int MOST_ROOM = 16 << 20;

    /** What the driver keeps for a result or a column, beside what is in the packet: as measured, rounded up. */
    private static final int ROOM_OF_OBJECT = 1_024;

    private static final int ROOM_OF_ROW = 256;
    private static final int ROOM_OF_VALUE = 32;

    private static final int OK = 0x00;
    private static final int FILE_WANTED = 0xfb;
    private static final int NULL = 0xfb;
    private static final int END = 0xfe;
    private static final int ERROR = 0xff;

    private static final int PROTOCOL_VERSION = 10;
    private static final int CLIENT_DEPRECATE_EOF = 1 << 24;
    private static final int MORE_RESULTS = 8;

    private static final int STRINGS_OF_COLUMN = 6;
    private static final int REST_OF_COLUMN = 11;

    private enum Expected {
        GREETING,
        LOGIN,
        NOTHING,
        ANSWER,
        NEXT_RESULT,
        COLUMN,
        END_OF_COLUMNS,
        ROW
    }

    private final ConnectionGuard guard;

    private Expected expected = Expected.GREETING;
    private int loginPackets;
    private boolean endIsAnOk;
    private int columns;
    private int columnsToCome;
    private int room;

    MySqlPackets(InputStream in, ConnectionGuard guard) {
        super(in, HEADER);
        this.guard = guard;
    }

    /** What somebody puts in after the greeting must not be taken for what the server says later, encrypted. */
    void endPlain() throws IOException {
        if (hasMore()) {
            throw broken("The server said more than its greeting before TLS");
        }
    }

    /** Goes on with what is encrypted, the same conversation. */
    void continueEncrypted(InputStream decrypted) {
        continueWith(decrypted);
    }

    /** What the driver writes to: once it has asked, there may be an answer. */
    OutputStream questions(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int b) throws IOException {
                asked();
                out.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                asked();
                out.write(bytes, offset, length);
            }
        };
    }

    private void asked() throws IOException {
        switch (expected) {
            case GREETING, LOGIN, ANSWER -> {}
            case NOTHING -> {
                expected = Expected.ANSWER;
                room = MOST_ROOM;
            }
            // The driver and we would take the rest of this answer for different things.
            case NEXT_RESULT, COLUMN, END_OF_COLUMNS, ROW ->
                throw broken("The server's answer is longer than its kind allows");
        }
    }

    @Override
    protected int bodySize(ByteBuffer header) throws IOException {
        int size = header.order(ByteOrder.LITTLE_ENDIAN).getInt(0) & 0xff_ffff;
        if (size == 0) {
            throw broken("The server's packet is empty");
        }
        if (size > LARGEST) {
            throw tooMany("The server's packet is of " + size + " bytes; " + LARGEST + " are allowed");
        }
        return size;
    }

    @Override
    protected void vet(ByteBuffer packet) throws IOException {
        ByteBuffer body = packet.position(HEADER).slice().order(ByteOrder.LITTLE_ENDIAN);
        int first = body.get(0) & 0xff;
        switch (expected) {
            case GREETING -> vetGreeting(body, first);
            case LOGIN -> vetLogin(first);
            case NOTHING -> vetFarewell(first);
            case ANSWER, NEXT_RESULT -> vetResult(body, first);
            case COLUMN -> vetColumn(body);
            case END_OF_COLUMNS -> vetEndOfColumns(body, first);
            case ROW -> vetRow(body, first);
        }
    }

    private void vetGreeting(ByteBuffer greeting, int first) throws IOException {
        if (first == ERROR) {
            expected = Expected.NOTHING;
            return;
        }
        if (first != PROTOCOL_VERSION) {
            throw broken("The server does not speak MySQL");
        }
        skip(greeting, 1);
        while (greeting.hasRemaining() && greeting.get() != 0) {
            // The version, as text.
        }
        // The connection's number, the challenge's first part, a filler, capabilities, the character set, the status.
        skip(greeting, 4 + 8 + 1 + 2 + 1 + 2);
        requireRemaining(greeting, 2);
        // The driver asks for it wherever it is offered.
        endIsAnOk = (greeting.getShort() & CLIENT_DEPRECATE_EOF >>> 16) != 0;
        expected = Expected.LOGIN;
    }

    private void vetLogin(int first) throws IOException {
        if (++loginPackets > MOST_LOGIN_PACKETS) {
            throw broken("The server asks without end how we log in");
        }
        if (first == OK || first == ERROR) {
            expected = Expected.NOTHING;
        }
    }

    /** Servers say unasked why they close a connection. */
    private void vetFarewell(int first) throws IOException {
        if (first != ERROR) {
            throw broken("The server answers what was not asked");
        }
    }

    private void vetResult(ByteBuffer result, int first) throws IOException {
        take(ROOM_OF_OBJECT + result.remaining());
        switch (first) {
            case OK -> endResult(result);
            case ERROR -> expected = Expected.NOTHING;
            case FILE_WANTED -> throw broken("The server asks for a file of this machine");
            default -> {
                long count = number(result);
                if (count < 1 || count > MOST_COLUMNS) {
                    throw tooMany(
                            "The server's answer has " + count + " columns; 1 to " + MOST_COLUMNS + " are allowed");
                }
                columns = (int) count;
                columnsToCome = columns;
                expected = Expected.COLUMN;
            }
        }
    }

    private void vetColumn(ByteBuffer column) throws IOException {
        take(ROOM_OF_OBJECT + 2 * column.remaining());
        for (int i = 0; i < STRINGS_OF_COLUMN; i++) {
            skipString(column);
        }
        skip(column, REST_OF_COLUMN);
        if (--columnsToCome == 0) {
            expected = endIsAnOk ? Expected.ROW : Expected.END_OF_COLUMNS;
        }
    }

    private void vetEndOfColumns(ByteBuffer end, int first) throws IOException {
        if (first != END || end.remaining() != 5) {
            throw broken("The server's columns do not end");
        }
        expected = Expected.ROW;
    }

    private void vetRow(ByteBuffer row, int first) throws IOException {
        if (first == ERROR) {
            expected = Expected.NOTHING;
            return;
        }
        // Also begins a value of 16 MiB and more, which no packet here can hold.
        if (first == END) {
            endRows(row);
            return;
        }
        take(ROOM_OF_ROW + ROOM_OF_VALUE * columns + row.remaining());
        for (int i = 0; i < columns; i++) {
            if (row.hasRemaining() && (row.get(row.position()) & 0xff) == NULL) {
                skip(row, 1);
            } else {
                skipString(row);
            }
        }
    }

    private void endRows(ByteBuffer end) throws IOException {
        if (endIsAnOk) {
            endResult(end);
        } else if (end.remaining() == 5) {
            expected = afterStatus(end.getShort(3));
        } else {
            throw broken("The server's rows do not end");
        }
    }

    /** An OK packet: its kind, two numbers, the status, the warnings. */
    private void endResult(ByteBuffer ok) throws IOException {
        skip(ok, 1);
        number(ok);
        number(ok);
        requireRemaining(ok, 4);
        expected = afterStatus(ok.getShort());
    }

    private static Expected afterStatus(int status) {
        return (status & MORE_RESULTS) != 0 ? Expected.NEXT_RESULT : Expected.NOTHING;
    }

    private void skipString(ByteBuffer body) throws IOException {
        long size = number(body);
        if (size < 0 || size > body.remaining()) {
            throw tooMany("The server's packet is smaller than what it holds");
        }
        skip(body, (int) size);
    }

    private void skip(ByteBuffer body, int bytes) throws IOException {
        requireRemaining(body, bytes);
        body.position(body.position() + bytes);
    }

    private void requireRemaining(ByteBuffer body, int bytes) throws IOException {
        if (bytes > body.remaining()) {
            throw broken("The server's packet is cut off");
        }
    }

    /** A number of 1 to 9 bytes; negative above 2^63. */
    private long number(ByteBuffer body) throws IOException {
        requireRemaining(body, 1);
        int first = body.get() & 0xff;
        return switch (first) {
            case 0xfb, 0xff -> throw broken("The server's packet has no number where one belongs");
            case 0xfc -> number(body, 2);
            case 0xfd -> number(body, 3);
            case 0xfe -> number(body, 8);
            default -> first;
        };
    }

    private long number(ByteBuffer body, int bytes) throws IOException {
        requireRemaining(body, bytes);
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= (body.get() & 0xffL) << 8 * i;
        }
        return number;
    }

    private void take(int bytes) throws IOException {
        room -= bytes;
        if (room < 0) {
            throw tooMany("The server's answer takes more than " + MOST_ROOM + " bytes of memory");
        }
    }

    private IOException tooMany(String problem) {
        guard.tooMany();
        return new IOException(problem);
    }

    private IOException broken(String problem) {
        guard.brokenProtocol();
        return new IOException(problem);
    }
}
