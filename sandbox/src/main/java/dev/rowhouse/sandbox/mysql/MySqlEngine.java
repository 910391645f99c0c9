package dev.rowhouse.sandbox.mysql;

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

/** MySQL or MariaDB as RDS would make it. Its superuser has no password that could be given, and its account is locked. */
public final class MySqlEngine implements Engine {

    private static final RdsRules RULES = new RdsRules(
            16,
            Set.of("rdsadmin", "rdsrepladmin", "rdsproxyadmin"),
            41,
            64,
            Set.of("mysql", "information_schema", "performance_schema", "sys", "innodb", "tmp"));

    private final Product product;
    private final Service service;
    private Distribution distribution;

    public MySqlEngine(Product product, Service service) {
        this.product = product;
        this.service = service;
    }

    @Override
    public void check(Instance instance) throws IOException {
        RULES.check(instance);
    }

    @Override
    public EngineServer server(SandboxDirectory directory, String name) throws IOException, InterruptedException {
        return new RdsServer(new Mysqld(directory, unpacked(), service, name));
    }

    /** One at a time: the first unpacks it for all. */
    private synchronized Distribution unpacked() throws IOException, InterruptedException {
        if (distribution == null) {
            distribution = product.unpacked();
        }
        return distribution;
    }

    private static final class RdsServer implements EngineServer {

        private final Mysqld mysqld;

        /** What the next start makes. */
        private List<String> statements = List.of();

        RdsServer(Mysqld mysqld) {
            this.mysqld = mysqld;
        }

        @Override
        public void prepare(Instance instance) throws IOException {
            mysqld.prepare();
            statements = mysqld.masterStatements(
                    new Master(instance.masterUser(), instance.masterPassword()), instance.databaseName());
        }

        @Override
        public void start(InetAddress address, int port, SandboxCa ca) throws IOException, InterruptedException {
            mysqld.start(address, port, ServerNames.of(address), ca, statements);
            statements = List.of();
        }

        @Override
        public ServerProcess process() {
            return mysqld.process();
        }

        /** At once: good order takes seconds, for data that nobody wants. */
        @Override
        public void delete() throws IOException {
            process().kill();
            process().deleteFiles();
        }
    }
}
