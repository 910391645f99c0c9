package dev.rowhouse.sandbox.mysql;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Logs in with MySQL's own driver. */
public final class Logins {

    private Logins() {}

    static Connection asMaster(MySqlServer server, String database) throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl(database),
                server.master().user(),
                server.master().password());
    }

    /**
     * A URL by which the driver checks the certificate and the name in it.
     *
     * @param folder where the authority's certificate is put in a form that the driver reads
     */
    public static String checkedUrl(String host, int port, String database, Path caFile, Path folder) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(caFile)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        Path file = folder.resolve("ca.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        return "jdbc:mysql://" + host + ":" + port + "/" + database + "?sslMode=VERIFY_IDENTITY"
                + "&fallbackToSystemTrustStore=false&trustCertificateKeyStoreType=PKCS12"
                + "&trustCertificateKeyStorePassword=changeit&trustCertificateKeyStoreUrl=" + file.toUri();
    }
}
