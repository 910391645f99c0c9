package dev.rowhouse.sandbox.postgres;

import dev.rowhouse.sandbox.aws.DatabaseHost.Instance;
import dev.rowhouse.sandbox.database.Engine;
import dev.rowhouse.sandbox.database.EngineServer;
import dev.rowhouse.sandbox.database.RdsRules;
import dev.rowhouse.sandbox.database.ServerProcess;
import dev.rowhouse.sandbox.process.SandboxDirectory;
import dev.rowhouse.sandbox.tls.SandboxCa;
import dev.rowhouse.sandbox.tls.ServerNames;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/** PostgreSQL as RDS would make it: TLS only, with RDS's roles. Its superuser has no password and is let in from nowhere. */
public final class PostgresEngine implements Engine {

    private static final RdsRules RULES = new RdsRules(
            63,
            Set.of("admin", "master", "public", "user", "rdsadmin", "rdsrepladmin", "rds_superuser"),
            128,
            63,
            Set.of("template0", "template1", "rdsadmin"));
    private static final List<String> DOOR_RULES = List.of(
            "hostssl all " + PostgresBinaries.SUPERUSER + " 0.0.0.0/0 reject",
            "hostssl all all 127.0.0.0/8 scram-sha-256");

    private PostgresBinaries binaries;

    @Override
    public void check(Instance instance) throws IOException {
        RULES.check(instance);
        if (instance.masterUser().startsWith("pg_")) {
            throw new IOException("MasterUsername " + instance.masterUser()
                    + " cannot be used as it is a reserved word used by the engine");
        }
    }

    @Override
    public EngineServer server(SandboxDirectory directory, String name) throws IOException, InterruptedException {
        return new RdsCluster(new Cluster(directory, unpacked(), name));
    }

    /** One at a time: the first unpacks it for all. */
    private synchronized PostgresBinaries unpacked() throws IOException, InterruptedException {
        if (binaries == null) {
            binaries = PostgresBinaries.unpacked();
        }
        return binaries;
    }

    private record RdsCluster(Cluster cluster) implements EngineServer {

        @Override
        public void prepare(Instance instance) throws IOException, InterruptedException {
            cluster.prepare(RdsRoles.statements(instance));
        }

        @Override
        public void start(InetAddress address, int port, SandboxCa ca) throws IOException, InterruptedException {
            cluster.start(new Cluster.Door(address, port, ServerNames.of(address), DOOR_RULES), ca);
        }

        @Override
        public ServerProcess process() {
            return cluster.process();
        }

        /** In good order: its processes would write for a moment longer than it lives. */
        @Override
        public void delete() throws IOException, InterruptedException {
            process().stop();
            process().deleteFiles();
        }
    }
}
