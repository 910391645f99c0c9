package dev.rowhouse.sql.connect;

import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * The grammars of what a template's outputs may say. They are strict because a host or a name is part of a driver's input: no
 * commas, slashes, question marks, blanks or control characters get through.
 */
public final class Endpoints {
    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";

    /** The last label begins with a letter, so 127.1, 0x7f000001 and 2130706433 are no names. */
    private static final Pattern DNS_NAME = Pattern.compile("(" + LABEL + "\\.)*(?=[A-Za-z])" + LABEL);

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern DATABASE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_$-]{0,62}");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.$@-]{0,62}");
    private static final int LONGEST_PASSWORD = 1_000;

    private Endpoints() {}

    /**
     * Checks everything but where the host leads to.
     *
     * @throws ForbiddenEndpointException naming what is wrong
     */
    public static void check(Database database, Credentials credentials) throws ForbiddenEndpointException {
        if (!isName(database.host()) && !isIpLiteral(database.host())) {
            throw new ForbiddenEndpointException("The database's host is neither a DNS name nor an IP address");
        }
        if (database.port() < 1024 || database.port() > 65535) {
            throw new ForbiddenEndpointException(
                    "The database's port is " + database.port() + "; 1024 to 65535 are allowed");
        }
        if (!DATABASE_NAME.matcher(database.name()).matches()) {
            throw new ForbiddenEndpointException(
                    "The database's name is not 1 to 63 letters, digits and _ $ -, starting with a letter, digit or _");
        }
        if (!USER.matcher(credentials.user()).matches()) {
            throw new ForbiddenEndpointException(
                    "The database user's name is not 1 to 63 letters, digits and _ . $ @ -,"
                            + " starting with a letter, digit or _");
        }
        String password = credentials.password();
        if (password.isEmpty() || password.length() > LONGEST_PASSWORD || password.indexOf('\0') >= 0) {
            throw new ForbiddenEndpointException("The database user's password is empty, longer than "
                    + LONGEST_PASSWORD + " characters, or holds a NUL");
        }
    }

    /** Whether a host is an address: then there is no name for a certificate to hold. */
    public static boolean isIpLiteral(String host) {
        return IPV4.matcher(host).matches() || isIpv6(host);
    }

    static String requireIpv4(String address) {
        if (!IPV4.matcher(address).matches()) {
            throw new IllegalArgumentException("\"" + address + "\" is not an IP address");
        }
        return address;
    }

    private static boolean isName(String host) {
        return host.length() <= 253 && DNS_NAME.matcher(host).matches();
    }

    private static boolean isIpv6(String host) {
        if (host.length() > 45 || !IPV6.matcher(host).matches()) {
            return false;
        }
        try {
            InetAddress.getByName(host);
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
