package dev.rowhouse.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Passes connections on to a server, and cuts one of them at one message of the client's: to the server, the client has died. */
final class CuttingProxy implements AutoCloseable {

    /** What had become of the message. */
    enum Cut {
        NEVER_SENT,
        ANSWERED
    }

    private final int serverPort;
    private final int cutAt;
    private final Cut cut;
    private final Predicate<String> counts;
    private final AtomicInteger messages = new AtomicInteger();
    private final FakeServer listener;

    /**
     * @param cutAt the message, from 1, over all connections; 0 for none
     * @param counts the messages that are counted, by what they hold
     */
    CuttingProxy(int serverPort, int cutAt, Cut cut, Predicate<String> counts) throws IOException {
        this.serverPort = serverPort;
        this.cutAt = cutAt;
        this.cut = cut;
        this.counts = counts;
        this.listener = new FakeServer(this::forward);
    }

    int port() {
        return listener.port();
    }

    /** How many messages that count clients have sent. */
    int messages() {
        return messages.get();
    }

    private void forward(Socket client) throws IOException {
        try (Socket server = new Socket("127.0.0.1", serverPort)) {
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            AtomicInteger answersToSwallow = new AtomicInteger();
            FakeServer.start(() -> {
                try {
                    toServer(client, server, answersToSwallow);
                } catch (IOException e) {
                    // One side has closed; the other follows.
                }
            });
            toClient(server, client, answersToSwallow);
        } finally {
            client.close();
        }
    }

    private void toServer(Socket client, Socket server, AtomicInteger answersToSwallow) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        try (client;
                server) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                boolean counted = counts.test(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                boolean here = counted && messages.incrementAndGet() == cutAt;
                if (here && cut == Cut.NEVER_SENT) {
                    return;
                }
                if (here) {
                    answersToSwallow.set(1);
                }
                out.write(buffer, 0, n);
            }
        }
    }

    private static void toClient(Socket server, Socket client, AtomicInteger answersToSwallow) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        for (int n = in.read(buffer); n >= 0 && answersToSwallow.get() == 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
