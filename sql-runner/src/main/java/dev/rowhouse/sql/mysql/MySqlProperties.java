package dev.rowhouse.sql.mysql;

import com.mysql.cj.conf.HostInfo;
import com.mysql.cj.conf.PropertyDefinitions.OpenTelemetry;
import com.mysql.cj.conf.PropertyDefinitions.SslMode;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.log.NullLogger;
import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What Connector/J is told. Everything that it would otherwise take from the machine (its time zone, its character set, the JVM's
 * key stores, OpenTelemetry where that is at hand) is given here, or cannot be reached without a property that is never set: {@code
 * propertiesTransform}, {@code useConfigs}, interceptors, key-store URLs.
 *
 * <p>There is no URL: it is what the driver makes of a URL that is built here. So nothing is parsed, and the driver's cache of
 * URLs, which would keep the last hundred passwords, stays empty.
 */
final class MySqlProperties {
    /**
     * What remains is {@code caching_sha2_password}, {@code sha256_password} and {@code mysql_native_password}. The first two let the
     * server see the password, over TLS alone.
     */
    private static final String NO_LOGIN_BY = String.join(
            ",",
            "mysql_clear_password",
            "mysql_old_password",
            "authentication_ldap_sasl_client",
            "authentication_kerberos_client",
            "authentication_oci_client",
            "authentication_webauthn_client",
            "authentication_openid_connect_client");

    private final Duration loginWithin;

    MySqlProperties(Duration loginWithin) {
        this.loginWithin = loginWithin;
    }

    /** @param socketToken of the ticket under which the guard waits */
    HostInfo of(Database database, Credentials credentials, String socketToken) {
        Map<PropertyKey, Object> known = new EnumMap<>(PropertyKey.class);
        known.put(PropertyKey.DBNAME, database.name());
        connection(known);
        encryption(known, database);
        secrets(known);
        session(known);
        statements(known);
        Map<String, String> properties = new HashMap<>();
        known.forEach((key, value) -> properties.put(key.getKeyName(), value.toString()));
        properties.put(MySqlSocketFactory.TOKEN, socketToken);
        return new HostInfo(
                null, database.host(), database.port(), credentials.user(), credentials.password(), properties);
    }

    private void connection(Map<PropertyKey, Object> properties) {
        properties.put(PropertyKey.socketFactory, MySqlSocketFactory.class.getName());
        properties.put(PropertyKey.connectTimeout, Math.max(1, loginWithin.toMillis()));
        properties.put(PropertyKey.socketTimeout, 0);
        properties.put(PropertyKey.dnsSrv, false);
        properties.put(PropertyKey.autoReconnect, false);
        properties.put(PropertyKey.useCompression, false);
        // The packets are buffered below the driver.
        properties.put(PropertyKey.useReadAheadInput, false);
        properties.put(PropertyKey.useUnbufferedInput, true);
        // Would tell the server of our JVM.
        properties.put(PropertyKey.connectionAttributes, "none");
        // Its own log would hold what servers say.
        properties.put(PropertyKey.logger, NullLogger.class.getName());
        properties.put(PropertyKey.openTelemetry, OpenTelemetry.DISABLED);
        properties.put(PropertyKey.paranoid, true);
    }

    /** The handshake is ours, in {@link MySqlWire}; the driver asks for it, or goes no further where there is none. */
    private static void encryption(Map<PropertyKey, Object> properties, Database database) {
        properties.put(PropertyKey.sslMode, sslMode(database));
        properties.put(PropertyKey.fallbackToSystemTrustStore, false);
        properties.put(PropertyKey.fallbackToSystemKeyStore, false);
    }

    private static SslMode sslMode(Database database) {
        return switch (database.tls()) {
            case VERIFY_FULL -> SslMode.VERIFY_IDENTITY;
            case VERIFY_CA -> SslMode.VERIFY_CA;
            case REQUIRE -> SslMode.REQUIRED;
            case OFF -> SslMode.DISABLED;
        };
    }

    private static void secrets(Map<PropertyKey, Object> properties) {
        properties.put(PropertyKey.disabledAuthenticationPlugins, NO_LOGIN_BY);
        // Whoever listens may give a key of his own.
        properties.put(PropertyKey.allowPublicKeyRetrieval, false);
        properties.put(PropertyKey.allowLoadLocalInfile, false);
        properties.put(PropertyKey.allowUrlInLocalInfile, false);
    }

    private static void session(Map<PropertyKey, Object> properties) {
        properties.put(PropertyKey.characterEncoding, "UTF-8"); // MySQL's utf8mb4, with the server's collation for it
        properties.put(PropertyKey.connectionTimeZone, "UTC");
        properties.put(PropertyKey.forceConnectionTimeZoneToSession, true);
        // Would change sql_mode, under which scripts mean other things.
        properties.put(PropertyKey.jdbcCompliantTruncation, false);
        properties.put(PropertyKey.createDatabaseIfNotExist, false);
        properties.put(PropertyKey.trackSessionState, false);
    }

    /**
     * A statement goes to the server as it stands: the driver neither splits, prepares nor rewrites it. Its length is bounded by the
     * server's {@code max_allowed_packet}, which the driver asks for, as it does where {@code maxAllowedPacket} is not set; until then
     * a packet may have 64 KiB.
     */
    private static void statements(Map<PropertyKey, Object> properties) {
        properties.put(PropertyKey.allowMultiQueries, false);
        properties.put(PropertyKey.enableEscapeProcessing, false);
        properties.put(PropertyKey.processEscapeCodesForPrepStmts, false);
        properties.put(PropertyKey.useServerPrepStmts, false);
        properties.put(PropertyKey.rewriteBatchedStatements, false);
        // Would need a second connection to end a statement; the guard ends it.
        properties.put(PropertyKey.enableQueryTimeouts, false);
        properties.put(PropertyKey.useOnlyServerErrorMessages, true);
        properties.put(PropertyKey.includeInnodbStatusInDeadlockExceptions, false);
    }
}
