package dev.rowhouse.sql;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of addresses, for example {@code 10.0.0.0/8} or {@code fc00::/7}.
 *
 * @param network 4 or 16 bytes
 * @param prefix how many bits count
 */
record IpRange(byte[] network, int prefix) {

    /** @throws IllegalArgumentException when {@code text} is not an address literal, a slash and a prefix length */
    static IpRange of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(0, slash).matches("[0-9a-fA-F.:]+")) {
            throw new IllegalArgumentException("'" + text + "' is not an address range such as 10.0.0.0/8");
        }
        try {
            byte[] network = InetAddress.getByName(text.substring(0, slash)).getAddress();
            int prefix = Integer.parseInt(text.substring(slash + 1));
            if (prefix < 0 || prefix > 8 * network.length) {
                throw new IllegalArgumentException("'" + text + "' has a prefix that is too long");
            }
            return new IpRange(network, prefix);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not an address range such as 10.0.0.0/8", e);
        }
    }

    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
