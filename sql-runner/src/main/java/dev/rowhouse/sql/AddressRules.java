package dev.rowhouse.sql;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to. The builder's template chooses the host, so it must not lead into our own network:
 * to be asked of the <em>resolved</em> address, by whoever then connects to that very address and resolves no more.
 */
public final class AddressRules {

    /** Never, whatever is allowed: unspecified, link-local (the metadata service), multicast, reserved. */
    private static final List<IpRange> REFUSED = ranges(
            "0.0.0.0/8",
            "169.254.0.0/16",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/128",
            "fe80::/10",
            "ff00::/8",
            "fd00:ec2::/32");

    private static final List<IpRange> LOOPBACK = ranges("127.0.0.0/8", "::1/128");

    /** RFC 1918, RFC 6598 (carrier-grade NAT), RFC 4193 (unique local). */
    private static final List<IpRange> PRIVATE =
            ranges("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");

    /** Forms that carry an IPv4 address in their last four bytes: IPv4-compatible, NAT64 (RFC 6052). */
    private static final List<IpRange> EMBEDDING = ranges("::/96", "64:ff9b::/96", "::ffff:0:0:0/96");

    /** 6to4 (RFC 3056): an IPv4 address in bytes 2 to 5. Teredo (RFC 4380) hides one too, and no database is behind it. */
    private static final IpRange SIX_TO_FOUR = IpRange.of("2002::/16");

    private static final IpRange TEREDO = IpRange.of("2001::/32");

    private final List<IpRange> allowedPrivate;
    private final Loopback loopback;

    /** Whether this machine's own databases may be reached. */
    public enum Loopback {
        REFUSED,
        /** For the sandbox, whose databases are here. */
        ALLOWED
    }

    /** @param allowedPrivate ranges in CIDR form inside which private addresses may be reached */
    public AddressRules(List<String> allowedPrivate, Loopback loopback) {
        this.allowedPrivate = allowedPrivate.stream().map(IpRange::of).toList();
        this.loopback = loopback;
    }

    /** @throws ForbiddenEndpointException when the address must not be connected to */
    void vet(InetAddress address) {
        byte[] bytes = plain(address.getAddress());
        if (in(REFUSED, bytes) || TEREDO.contains(bytes)) {
            throw forbidden(address, "is never a database's");
        }
        if (in(LOOPBACK, bytes) && loopback == Loopback.REFUSED) {
            throw forbidden(address, "is this machine itself");
        }
        if (in(PRIVATE, bytes) && !in(allowedPrivate, bytes)) {
            throw forbidden(address, "is private and in none of the allowed ranges");
        }
    }

    /** The IPv4 address that another form carries: it is where the packets go. */
    private static byte[] plain(byte[] address) {
        if (address.length == 4
                || in(LOOPBACK, address)
                || REFUSED.stream().anyMatch(range -> range.contains(address))) {
            return address;
        }
        if (in(EMBEDDING, address)) {
            return Arrays.copyOfRange(address, 12, 16);
        }
        return SIX_TO_FOUR.contains(address) ? Arrays.copyOfRange(address, 2, 6) : address;
    }

    private static boolean in(List<IpRange> ranges, byte[] address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static ForbiddenEndpointException forbidden(InetAddress address, String why) {
        String literal = address.getHostAddress();
        return new ForbiddenEndpointException("the database's address " + literal + " " + why
                + (address instanceof Inet4Address ? "" : " (or leads to one that is)"));
    }

    private static List<IpRange> ranges(String... texts) {
        return Stream.of(texts).map(IpRange::of).toList();
    }
}
