package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import dev.rowhouse.sql.connect.GuardedSocketFactory;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.PGProperty;

/**
 * What pgjdbc is told. Everything that it would otherwise take from the machine ({@code .pgpass}, a service file, a default
 * login timeout) is given here, or cannot be reached without a property that is never set: {@code service}, {@code options},
 * {@code sslfactory}, {@code authenticationPluginClassName}. Host, port and names come as properties, so there is no URL to
 * break out of.
 */
final class PostgresProperties {
    /** A URL that says nothing: pgjdbc takes host, port and database from the properties. */
    static final String EMPTY_URL = "jdbc:postgresql://";

    /** Servers ask for 4,096 by default; each costs us a hash, so a hostile one must not ask for millions. */
    private static final String MOST_SCRAM_ITERATIONS = "100000";

    /** The rows of one answer that are kept in memory. Scripts answer with next to none. */
    private static final String RESULT_BUFFER = "8M";

    private final Duration loginWithin;

    PostgresProperties(Duration loginWithin) {
        this.loginWithin = loginWithin;
    }

    /** @param socketToken of the ticket under which the guard waits */
    Properties of(Database database, Credentials credentials, String socketToken) {
        Properties properties = new Properties();
        PGProperty.PG_HOST.set(properties, database.host());
        PGProperty.PG_PORT.set(properties, database.port());
        PGProperty.PG_DBNAME.set(properties, database.name());
        PGProperty.USER.set(properties, credentials.user());
        PGProperty.PASSWORD.set(properties, credentials.password());
        PGProperty.APPLICATION_NAME.set(properties, "rowhouse");

        PGProperty.SOCKET_FACTORY.set(properties, GuardedSocketFactory.class.getName());
        PGProperty.SOCKET_FACTORY_ARG.set(properties, socketToken);
        PGProperty.CONNECT_TIMEOUT.set(properties, (int) Math.max(1, loginWithin.toSeconds()));
        // 0 keeps the login on our thread: the guard ends it.
        PGProperty.LOGIN_TIMEOUT.set(properties, 0);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);

        // TLS lies below the driver, in PostgresWire.
        PGProperty.SSL_MODE.set(properties, "disable");
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        PGProperty.JAAS_LOGIN.set(properties, false);
        PGProperty.REQUIRE_AUTH.set(properties, "scram-sha-256,md5");
        PGProperty.SCRAM_MAX_ITERATIONS.set(properties, MOST_SCRAM_ITERATIONS);

        PGProperty.MAX_RESULT_BUFFER.set(properties, RESULT_BUFFER);
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
        // A statement goes to the server as it stands, as psql sends it: the driver neither splits nor prepares it.
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        return properties;
    }
}
