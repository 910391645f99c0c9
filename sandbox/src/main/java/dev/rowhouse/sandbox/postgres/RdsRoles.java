package dev.rowhouse.sandbox.postgres;

import dev.rowhouse.sandbox.aws.DatabaseHost.Instance;
import java.util.ArrayList;
import java.util.List;

/** The roles and the databases that a new instance of RDS has. */
final class RdsRoles {

    private static final String FIRST_DATABASE = "postgres";

    private RdsRoles() {}

    /**
     * The master user is no superuser: it makes roles and databases, and has what the role {@code rds_superuser} may see and
     * do.
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
