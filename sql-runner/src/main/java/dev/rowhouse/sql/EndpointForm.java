package dev.rowhouse.sql;

import java.util.regex.Pattern;

/**
 * The form of what a template says of its database, checked before any of it comes near a driver: a host with {@code ?} or
 * {@code @} in it, or a name with {@code ;}, would be read as connection properties.
 */
final class EndpointForm {

    private static final Pattern DNS_NAME = Pattern.compile(
            "(?=.{1,253}$)([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)*[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.?");
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:]{2,39}(:\\d{1,3}(\\.\\d{1,3}){3})?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_$.-]{0,62}");

    private EndpointForm() {}

    /** @throws ForbiddenEndpointException naming the first thing that is not of its form */
    static void check(SqlRun.Database database, String user) {
        if (!DNS_NAME.matcher(database.host()).matches() && !isAddress(database.host())) {
            throw new ForbiddenEndpointException("DbHost must be a host name or an address and nothing else");
        }
        if (database.port() < 1024 || database.port() > 65535) {
            throw new ForbiddenEndpointException("DbPort must be from 1024 to 65535");
        }
        if (!NAME.matcher(database.name()).matches()) {
            throw new ForbiddenEndpointException("DbName must be 1 to 63 of A-Z a-z 0-9 _ $ . -");
        }
        if (!NAME.matcher(user).matches()) {
            throw new ForbiddenEndpointException("DbUser must be 1 to 63 of A-Z a-z 0-9 _ $ . -");
        }
    }

    /** Whether a host is an address literal, and so has no name that a certificate could hold. */
    static boolean isAddress(String host) {
        return IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
    }
}
