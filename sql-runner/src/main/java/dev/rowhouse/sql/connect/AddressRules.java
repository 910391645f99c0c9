package dev.rowhouse.sql.connect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to: the builder's template chooses the host, and must not reach our own machine, the
 * metadata service, or networks that nobody opened to it. Immutable.
 */
public final class AddressRules {

    /** What becomes of 127.0.0.0/8 and ::1. */
    public enum Loopback {
        REFUSED,
        /** For the sandbox, whose databases live there. */
        ALLOWED
    }

    private static final List<AddressRange> LOOPBACK = ranges("127.0.0.0/8", "::1/128");

    /** Refused whatever the configuration says. */
    private static final List<AddressRange> NEVER = ranges(
            "0.0.0.0/8", // this host, this network
            "169.254.0.0/16", // link-local: EC2's metadata at .169.254, ECS's credentials at .170.2
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, and broadcast
            "fd00:ec2::/32", // EC2's metadata, time and DNS over IPv6
            "64:ff9b:1::/48"); // NAT64 for local use: where in it the IPv4 address lies differs from site to site

    private static final List<AddressRange> PRIVATE = ranges(
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10", // shared by carriers; VPCs use it too
            "192.0.0.0/24", // IETF's
            "198.18.0.0/15", // benchmarks
            "fc00::/7");

    private static final AddressRange GLOBAL_IPV6 = AddressRange.parse("2000::/3");
    private static final List<AddressRange> TUNNELS = ranges("2002::/16", "2001::/32"); // 6to4, Teredo

    /** Forms that hold an IPv4 address in their last four bytes: mapped, compatible (obsolete), and NAT64 (RFC 6052). */
    private static final List<AddressRange> HOLDS_IPV4 = ranges("::/96", "64:ff9b::/96");

    private static final byte[] MAPPED_PREFIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private final Set<AddressRange> allowedPrivate;
    private final Loopback loopback;

    public AddressRules(Set<AddressRange> allowedPrivate, Loopback loopback) {
        this.allowedPrivate = Set.copyOf(allowedPrivate);
        this.loopback = loopback;
    }

    /** @throws ForbiddenEndpointException when {@code address} must not be connected to */
    public void check(InetAddress address) throws ForbiddenEndpointException {
        if (isIn(LOOPBACK, address)) {
            if (loopback == Loopback.REFUSED) {
                throw new ForbiddenEndpointException("The database's host is a loopback address");
            }
        } else if (holdsIpv4(address)) {
            check(lastFourBytes(address));
        } else if (isIn(NEVER, address) || isIn(TUNNELS, address)) {
            throw new ForbiddenEndpointException("The database's host is an address that no database has: unspecified,"
                    + " link-local, multicast, reserved, or of a tunnel");
        } else if (isIn(PRIVATE, address)) {
            checkPrivate(address);
        } else if (address.getAddress().length == 16 && !GLOBAL_IPV6.contains(address)) {
            throw new ForbiddenEndpointException("The database's host is an IPv6 address outside of 2000::/3");
        }
    }

    private void checkPrivate(InetAddress address) throws ForbiddenEndpointException {
        if (!isIn(allowedPrivate, address)) {
            throw new ForbiddenEndpointException("The database's host is a private address outside of the ranges that"
                    + " allowed-private-cidrs opens");
        }
    }

    private static boolean holdsIpv4(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16
                && (isIn(HOLDS_IPV4, address)
                        || Arrays.equals(bytes, 0, MAPPED_PREFIX.length, MAPPED_PREFIX, 0, MAPPED_PREFIX.length));
    }

    private static InetAddress lastFourBytes(InetAddress address) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), 12, 16));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an IPv4 address", e);
        }
    }

    private static boolean isIn(Iterable<AddressRange> ranges, InetAddress address) {
        for (AddressRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static List<AddressRange> ranges(String... cidrs) {
        return Stream.of(cidrs).map(AddressRange::parse).toList();
    }
}
