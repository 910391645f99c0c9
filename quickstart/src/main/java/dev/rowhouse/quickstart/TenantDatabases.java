package dev.rowhouse.quickstart;

import dev.rowhouse.sandbox.aws.DatabaseHost;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tenants' databases as the cloud's owner sees them: remembers, in memory alone, what each was made with, so that the
 * result can be read back from the database itself. Thread-safe.
 */
final class TenantDatabases implements DatabaseHost {

    private final DatabaseHost host;
    private final Path caFile;
    private final Map<String, Made> made = new ConcurrentHashMap<>();

    record Made(Instance instance, Endpoint endpoint) {}

    TenantDatabases(DatabaseHost host, Path caFile) {
        this.host = host;
        this.caFile = caFile;
    }

    @Override
    public Endpoint create(Instance instance) throws IOException {
        Endpoint endpoint = host.create(instance);
        made.put(instance.identifier(), new Made(instance, endpoint));
        return endpoint;
    }

    @Override
    public Endpoint prepare(Instance instance) throws IOException {
        Endpoint endpoint = host.prepare(instance);
        made.put(instance.identifier(), new Made(instance, endpoint));
        return endpoint;
    }

    @Override
    public void open(String identifier) throws IOException {
        host.open(identifier);
    }

    @Override
    public void delete(String identifier) {
        host.delete(identifier);
        made.remove(identifier);
    }

    Map<String, Made> made() {
        return Map.copyOf(made);
    }

    /** The tables of a tenant's database that are its own, with their row counts. */
    Map<String, Long> tables(String identifier) throws SQLException {
        Made database = made.get(identifier);
        Map<String, Long> tables = new LinkedHashMap<>();
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            try (ResultSet found =
                    statement.executeQuery("SELECT table_name FROM information_schema.tables WHERE table_schema = '"
                            + schema(database) + "' ORDER BY 1")) {
                while (found.next()) {
                    tables.put(found.getString(1), 0L);
                }
            }
            for (String table : tables.keySet()) {
                try (ResultSet count = statement.executeQuery(
                        "SELECT count(*) FROM " + schema(database) + "." + statement.enquoteIdentifier(table, true))) {
                    count.next();
                    tables.put(table, count.getLong(1));
                }
            }
        }
        return tables;
    }

    private static boolean isPostgres(Made database) {
        return database.instance().engine().contains("postgres");
    }

    /** Where a script's tables are that say nothing of it: in MySQL, a schema is a database. */
    private static String schema(Made database) {
        return isPostgres(database) ? "public" : database.instance().databaseName();
    }

    private Connection connect(Made database) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", database.instance().masterUser());
        login.setProperty("password", database.instance().masterPassword());
        String address = database.endpoint().host() + ":" + database.endpoint().port() + "/"
                + database.instance().databaseName();
        if (isPostgres(database)) {
            login.setProperty("sslmode", "verify-ca");
            login.setProperty("sslrootcert", caFile.toString());
            return DriverManager.getConnection("jdbc:postgresql://" + address, login);
        }
        login.setProperty("sslMode", "REQUIRED");
        return DriverManager.getConnection("jdbc:mysql://" + address, login);
    }
}
