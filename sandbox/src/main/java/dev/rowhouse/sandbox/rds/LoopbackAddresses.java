package dev.rowhouse.sandbox.rds;

import dev.rowhouse.sandbox.process.PortTakenException;
import dev.rowhouse.sandbox.process.Ports;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Addresses {@code 127.77.x.y}, one per instance, so that each listens at the engine's standard port. Drawn at random:
 * several sandboxes share them. Thread-safe.
 */
final class LoopbackAddresses {

    private static final int TRIES = 200;

    private final Set<InetAddress> taken = ConcurrentHashMap.newKeySet();

    /** One that nobody else here has and where nobody listens at the port now; until {@link #release}. */
    InetAddress take(int port) {
        for (int i = 0; i < TRIES; i++) {
            InetAddress address = Ports.ipv4("127.77." + octet() + "." + octet());
            if (taken.add(address)) {
                if (Ports.isFree(address, port)) {
                    return address;
                }
                taken.remove(address);
            }
        }
        // A server that listens on all of the machine's addresses takes the port on each of these too.
        throw new PortTakenException("every loopback address (0.0.0.0)", port);
    }

    void keep(InetAddress address) {
        taken.add(address);
    }

    void release(InetAddress address) {
        taken.remove(address);
    }

    private static int octet() {
        return ThreadLocalRandom.current().nextInt(1, 255);
    }
}
