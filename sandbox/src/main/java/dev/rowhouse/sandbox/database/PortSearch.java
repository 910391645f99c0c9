package dev.rowhouse.sandbox.database;

import dev.rowhouse.sandbox.process.ChildFailedException;
import dev.rowhouse.sandbox.process.PortTakenException;
import dev.rowhouse.sandbox.process.Ports;
import java.io.IOException;
import java.net.InetAddress;

/** Starts a server at the port that is wanted, or at a free one. */
public final class PortSearch {

    private static final int TRIES = 3;

    private PortSearch() {}

    /** Starts the server at a port. */
    @FunctionalInterface
    public interface Start {
        void at(int port) throws IOException, InterruptedException;
    }

    /**
     * Answers the port at which the server runs.
     *
     * @param wanted 0 for a free one
     * @throws PortTakenException when somebody else listens on the wanted port
     */
    public static int start(InetAddress address, int wanted, Start server) throws IOException, InterruptedException {
        if (wanted != 0) {
            if (!Ports.isFree(address, wanted)) {
                throw new PortTakenException(address.getHostAddress(), wanted);
            }
            server.at(wanted);
            return wanted;
        }
        for (int tries = 1; ; tries++) {
            int free = Ports.free(address);
            try {
                server.at(free);
                return free;
            } catch (ChildFailedException e) {
                // Somebody may have taken the port between our look and the server's.
                if (Ports.isFree(address, free) || tries == TRIES) {
                    throw e;
                }
            }
        }
    }
}
