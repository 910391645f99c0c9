package dev.rowhouse.sandbox.tls;

import java.net.InetAddress;
import java.util.List;

/**
 * By what clients may call a server.
 *
 * @param dns host names
 * @param addresses for clients that connect to a literal address
 */
public record ServerNames(List<String> dns, List<InetAddress> addresses) {

    public ServerNames {
        dns = List.copyOf(dns);
        addresses = List.copyOf(addresses);
        if (dns.isEmpty() && addresses.isEmpty()) {
            throw new IllegalArgumentException("a server's certificate needs a name or an address");
        }
    }

    public static ServerNames of(InetAddress address) {
        return new ServerNames(List.of(), List.of(address));
    }
}
