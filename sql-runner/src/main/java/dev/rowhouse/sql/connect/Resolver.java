package dev.rowhouse.sql.connect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds a host's addresses. Whoever connects asks once, and connects to what was answered. */
public interface Resolver {

    /** @throws UnknownHostException when there is none */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** The JVM's own. */
    static Resolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
