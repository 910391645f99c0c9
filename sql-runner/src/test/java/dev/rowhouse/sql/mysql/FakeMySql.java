package dev.rowhouse.sql.mysql;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server's side of MySQL's protocol, as far as a test takes it. Used by one thread. */
final class FakeMySql {
    static final int TLS = 0x800;
    static final int DEPRECATE_EOF = 1 << 24;

    /** Protocol 4.1, transactions, secure connection, several results, authentication plugins. */
    private static final int CAPABILITIES = 0x1 | 0x8 | 0x200 | 0x2000 | 0x8000 | 0x20000 | 0x80000;

    private static final int MORE_RESULTS = 8;

    private InputStream in;
    private OutputStream out;
    private int sequence;

    FakeMySql(Socket client) throws IOException {
        in = client.getInputStream();
        out = client.getOutputStream();
    }

    /** Goes on over TLS, which the client has asked for. */
    void encrypt(Socket client, FakeTls tls) throws IOException {
        read();
        Socket encrypted = tls.over(client);
        in = encrypted.getInputStream();
        out = encrypted.getOutputStream();
    }

    /** One answer's packets. */
    interface Answer {
        void by(FakeMySql server) throws IOException;
    }

    /** @param more capabilities that are offered as well */
    void greet(int more, String plugin) throws IOException {
        int capabilities = CAPABILITIES | more;
        ByteArrayOutputStream greeting = new ByteArrayOutputStream();
        greeting.write(10);
        greeting.write(text("8.0.31\0"));
        greeting.write(new byte[] {7, 0, 0, 0});
        greeting.write(text("challeng\0"));
        greeting.write(capabilities);
        greeting.write(capabilities >> 8);
        greeting.write(45);
        greeting.write(new byte[] {2, 0});
        greeting.write(capabilities >> 16);
        greeting.write(capabilities >> 24);
        greeting.write(21);
        greeting.write(new byte[10]);
        greeting.write(text("and the rest\0"));
        greeting.write(text(plugin + "\0"));
        sequence = 0;
        send(greeting.toByteArray());
    }

    /** Lets the client in, whatever its password. */
    void letIn(int more) throws IOException {
        greet(more, "mysql_native_password");
        read();
        ok();
    }

    /** Lets the client in and agrees with everything it asks, until it says {@code word}. */
    void answerUntil(String word, int more, Answer answer) throws IOException {
        letIn(more);
        while (true) {
            String question = new String(read(), StandardCharsets.UTF_8);
            if (question.contains(word)) {
                answer.by(this);
            } else if (question.contains("SELECT")) {
                columns(1);
                endOfColumns(more);
                row("67108864");
                endOfRows(more);
            } else {
                ok();
            }
        }
    }

    void ok() throws IOException {
        send(new byte[] {0, 0, 0, 2, 0, 0, 0});
    }

    void okAndMore() throws IOException {
        send(new byte[] {0, 0, 0, 2 | MORE_RESULTS, 0, 0, 0});
    }

    void error(int code, String state, String message) throws IOException {
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        error.write(0xff);
        error.write(code);
        error.write(code >> 8);
        error.write(text("#" + state + message));
        send(error.toByteArray());
    }

    void columns(int count) throws IOException {
        send(new byte[] {(byte) count});
        for (int i = 0; i < count; i++) {
            column();
        }
    }

    void column() throws IOException {
        ByteArrayOutputStream column = new ByteArrayOutputStream();
        for (String name : new String[] {"def", "", "", "", "max_allowed_packet", ""}) {
            column.write(name.length());
            column.write(text(name));
        }
        column.write(new byte[] {12, 45, 0, 0, 0, 0, 0, (byte) 0xfd, 0, 0, 0, 0, 0});
        send(column.toByteArray());
    }

    void endOfColumns(int more) throws IOException {
        if ((more & DEPRECATE_EOF) == 0) {
            eof();
        }
    }

    void endOfRows(int more) throws IOException {
        if ((more & DEPRECATE_EOF) == 0) {
            eof();
        } else {
            send(new byte[] {(byte) 0xfe, 0, 0, 2, 0, 0, 0});
        }
    }

    private void eof() throws IOException {
        send(new byte[] {(byte) 0xfe, 0, 0, 2, 0});
    }

    void row(String value) throws IOException {
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        row.write(value.length());
        row.write(text(value));
        send(row.toByteArray());
    }

    void send(byte[] body) throws IOException {
        promise(body.length, body);
    }

    /** A packet that says it has {@code size} bytes, and the first of them. */
    void promise(int size, byte... body) throws IOException {
        byte[] packet = new byte[4 + body.length];
        packet[0] = (byte) size;
        packet[1] = (byte) (size >> 8);
        packet[2] = (byte) (size >> 16);
        packet[3] = (byte) sequence++;
        System.arraycopy(body, 0, packet, 4, body.length);
        out.write(packet);
        out.flush();
    }

    /** The client's next packet, without its header. */
    byte[] read() throws IOException {
        byte[] header = in.readNBytes(4);
        if (header.length < 4) {
            throw new EOFException("The client has gone");
        }
        sequence = header[3] + 1;
        return in.readNBytes((header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16);
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
