package dev.rowhouse.sandbox.postgres;

import dev.rowhouse.sandbox.aws.DatabaseHost.Instance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What RDS for PostgreSQL accepts, in its words, and what its master user may do. */
final class RdsRules {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z](-?[A-Za-z0-9])*");
    private static final Pattern USER = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");
    private static final Pattern DATABASE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Pattern PASSWORD = Pattern.compile("[!-~&&[^/@\"]]*");
    private static final Set<String> RESERVED_USERS =
            Set.of("admin", "master", "public", "user", "rdsadmin", "rdsrepladmin", "rds_superuser");
    private static final Set<String> OWN_DATABASES = Set.of("template0", "template1", "rdsadmin");
    private static final String FIRST_DATABASE = "postgres";

    private RdsRules() {}

    /** @throws IOException with RDS's reason */
    static void check(Instance instance) throws IOException {
        if (!instance.engine().equalsIgnoreCase("postgres")) {
            throw new IOException("Invalid DB engine: " + instance.engine());
        }
        if (instance.identifier().length() > 63
                || !IDENTIFIER.matcher(instance.identifier()).matches()) {
            throw new IOException("The parameter DBInstanceIdentifier is not a valid identifier. Identifiers must begin"
                    + " with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a"
                    + " hyphen or contain two consecutive hyphens.");
        }
        String user = instance.masterUser();
        if (user == null || !USER.matcher(user).matches()) {
            throw new IOException("The parameter MasterUsername must begin with a letter and contain only"
                    + " alphanumeric characters and underscores, at most 63");
        }
        if (RESERVED_USERS.contains(user.toLowerCase(Locale.ROOT)) || user.startsWith("pg_")) {
            throw new IOException(
                    "MasterUsername " + user + " cannot be used as it is a reserved word used by the engine");
        }
        checkPassword(instance.masterPassword());
        String database = instance.databaseName();
        if (database != null && (!DATABASE.matcher(database).matches() || OWN_DATABASES.contains(database))) {
            throw new IOException("DBName must begin with a letter or underscore, contain only alphanumeric characters"
                    + " and underscores, at most 63, and not be one of the engine's own");
        }
        if (instance.port() < 1150 || instance.port() > 65535) {
            throw new IOException("Invalid value for the port: " + instance.port() + ". Valid values: 1150-65535");
        }
    }

    private static void checkPassword(String password) throws IOException {
        String what = "The parameter MasterUserPassword is not a valid password";
        if (password == null || password.length() < 8) {
            throw new IOException(what + " because it is shorter than 8 characters.");
        }
        if (password.length() > 128) {
            throw new IOException(what + " because it is longer than 128 characters.");
        }
        if (!PASSWORD.matcher(password).matches()) {
            throw new IOException(what + ". Only printable ASCII characters besides '/', '@', '\"', ' ' may be used.");
        }
    }

    /**
     * The roles and the databases that a new instance has. The master user is no superuser: it makes roles and databases,
     * and has what the role {@code rds_superuser} may see and do.
     * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.rds_superuser.html
     */
    static List<String> statements(Instance instance) {
        String user = Sql.identifier(instance.masterUser());
        List<String> statements = new ArrayList<>(List.of(
                "CREATE ROLE rds_password",
                "CREATE ROLE rds_replication",
                "CREATE ROLE rds_superuser",
                "GRANT pg_monitor, pg_signal_backend, pg_checkpoint, pg_maintain, rds_password, rds_replication"
                        + " TO rds_superuser WITH ADMIN OPTION",
                "CREATE ROLE " + user + " LOGIN CREATEDB CREATEROLE PASSWORD " + Sql.literal(instance.masterPassword()),
                "GRANT rds_superuser TO " + user + " WITH ADMIN OPTION",
                "ALTER DATABASE " + FIRST_DATABASE + " OWNER TO " + user));
        if (instance.databaseName() != null && !instance.databaseName().equals(FIRST_DATABASE)) {
            statements.add("CREATE DATABASE " + Sql.identifier(instance.databaseName()) + " OWNER " + user);
        }
        return statements;
    }
}
