package dev.rowhouse.sql.connect;

/**
 * How many bytes a server may send, TLS included. A server that answers a script needs a few dozen a statement.
 *
 * @param login until it has let us in
 * @param statement in answer to one statement
 * @param connection altogether: drivers keep some of what servers send unasked (settings, notifications) for as long as they
 *     are connected
 */
public record ByteLimits(long login, long statement, long connection) {
    private static final long MIB = 1 << 20;

    public ByteLimits {
        if (login <= 0 || statement <= 0 || connection < Math.max(login, statement)) {
            throw new IllegalArgumentException("Byte limits must be positive, the connection's the largest: login "
                    + login + ", statement " + statement + ", connection " + connection);
        }
    }

    /** 1 MiB, 32 MiB and 256 MiB. */
    public static ByteLimits standard() {
        return new ByteLimits(MIB, 32 * MIB, 256 * MIB);
    }
}
