package dev.rowhouse.sql;

import java.time.Duration;

/**
 * Everything one run needs: serialisable, and harmless to repeat because the ledger in the tenant's database remembers.
 *
 * @param database where to
 * @param credentials as whom
 * @param script the SQL, whole
 * @param reachWithin how long to try to connect, from the first try, before {@code DATABASE_UNREACHABLE}
 * @param runWithin how long the script may take, from its start, before {@code SQL_TIMED_OUT}
 */
public record SqlRun(
        Database database, Credentials credentials, String script, Duration reachWithin, Duration runWithin) {

    /**
     * A database's address, as the builder's template gave it: not to be trusted.
     *
     * @param engine of the server
     * @param host name or IP literal
     * @param port 1024 to 65535
     * @param name of the database
     * @param tls how the server proves who it is
     */
    public record Database(Engine engine, String host, int port, String name, TlsMode tls) {}

    /** A login. {@link #toString} hides the password. */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return "Credentials[user=" + user + ", password=***]";
        }
    }
}
