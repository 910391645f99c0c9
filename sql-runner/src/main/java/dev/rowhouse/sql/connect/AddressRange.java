package dev.rowhouse.sql.connect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A block of IP addresses.
 *
 * @param network its first address; an IPv4-mapped one is an IPv4 address here
 * @param bits how many leading bits all its addresses share
 */
public record AddressRange(InetAddress network, int bits) {
    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F:.]+");

    /**
     * Reads CIDR notation.
     *
     * @throws IllegalArgumentException saying what is wrong with {@code cidr}
     */
    public static AddressRange parse(String cidr) {
        String[] parts = cidr.strip().split("/", -1);
        if (parts.length != 2 || !LITERAL.matcher(parts[0]).matches() || !parts[1].matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("\"" + cidr + "\" is not CIDR notation, as 10.20.0.0/16");
        }
        AddressRange range = new AddressRange(literal(parts[0]), Integer.parseInt(parts[1]));
        if (range.bits > range.network.getAddress().length * 8) {
            throw new IllegalArgumentException("\"" + cidr + "\" has more bits than its address");
        }
        return range;
    }

    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress literal(String address) {
        String strict = address.contains(":") ? address : Endpoints.requireIpv4(address);
        try {
            // With a colon in it, it is never looked up.
            return InetAddress.getByName(strict);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("\"" + address + "\" is not an IP address", e);
        }
    }
}
