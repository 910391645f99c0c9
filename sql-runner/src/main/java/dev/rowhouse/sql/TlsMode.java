package dev.rowhouse.sql;

/** How a database server proves who it is. */
public enum TlsMode {
    /** TLS, a certificate from a known CA, the host's name in it; for an IP literal as {@link #VERIFY_CA}. */
    VERIFY_FULL,
    /** TLS and a certificate from a known CA. */
    VERIFY_CA,
    /** TLS, any certificate: keeps listeners out, not impostors. */
    REQUIRE,
    /** No TLS. */
    OFF
}
