package dev.rowhouse.sql;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens on 127.0.0.1 and does to each client what a test has in mind. */
public final class FakeServer implements Closeable {
    private final ServerSocket listener;
    private final Conversation conversation;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();

    /** What happens on one connection; it is closed afterwards. */
    public interface Conversation {
        void with(Socket client) throws IOException, InterruptedException;
    }

    public FakeServer(Conversation conversation) {
        this.conversation = conversation;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public int accepted() {
        return accepted.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                accepted.incrementAndGet();
                clients.add(client);
                start(() -> converse(client));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void converse(Socket client) {
        try (client) {
            conversation.with(client);
        } catch (IOException e) {
            // The other side has closed, as it should.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public static void start(Runnable work) {
        Thread thread = new Thread(work, "fake-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
