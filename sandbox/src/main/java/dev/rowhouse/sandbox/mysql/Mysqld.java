package dev.rowhouse.sandbox.mysql;

import dev.rowhouse.sandbox.database.ServerProcess;
import dev.rowhouse.sandbox.process.Command;
import dev.rowhouse.sandbox.process.EndSignal;
import dev.rowhouse.sandbox.process.SandboxDirectory;
import dev.rowhouse.sandbox.tls.SandboxCa;
import dev.rowhouse.sandbox.tls.ServerNames;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One server of a product and its data, in a folder of a sandbox's directory. Not thread-safe. */
final class Mysqld {

    private static final String READY = "ready for connections";

    private final ServerProcess process;
    private final Distribution distribution;
    private final Service service;

    Mysqld(SandboxDirectory directory, Distribution distribution, Service service, String name) {
        this.process = new ServerProcess(directory, name);
        this.distribution = distribution;
        this.service = service;
    }

    ServerProcess process() {
        return process;
    }

    /** Makes the data directory unless it is there. The server is down. */
    void prepare() throws IOException {
        if (Files.notExists(process.data())) {
            distribution.copyTemplate(process.data());
        }
    }

    /**
     * Starts it. Whatever the statements make is there before it answers the first client.
     *
     * @param statements of one line each, harmless to repeat; run as nobody, who may do everything
     */
    void start(InetAddress address, int port, ServerNames names, SandboxCa ca, List<String> statements)
            throws IOException, InterruptedException {
        Path data = process.data();
        ca.issue(names, data.resolve("server.pem"), data.resolve("server.key"));
        Path first = data.resolve("first.sql");
        List<String> lines = new ArrayList<>(ServerSettings.of(distribution, service, data, address, port));
        try {
            if (!statements.isEmpty()) {
                writeSecret(first, statements);
                lines.add("init_file=" + ServerSettings.quoted(first));
            }
            Path settings = data.resolve("my.cnf");
            Files.write(settings, lines);
            process.run(
                    new Command(
                            process.name(),
                            List.of(distribution.program().toString(), "--defaults-file=" + settings),
                            Map.of("TZ", "UTC"),
                            Set.of(),
                            EndSignal.TERM),
                    READY);
        } finally {
            Files.deleteIfExists(first);
        }
    }

    private static void writeSecret(Path file, List<String> statements) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, String.join(";\n", statements) + ";\n");
    }

    /** Makes the master user and the database unless they are there, and sets the user's password. */
    List<String> masterStatements(Master master, String database) {
        String account = Sql.identifier(master.user()) + "@`%`";
        List<String> statements = new ArrayList<>(List.of(
                // MariaDB would write the password to its log for replicas.
                "SET sql_log_bin = OFF",
                "CREATE USER IF NOT EXISTS " + account,
                "ALTER USER " + account + " IDENTIFIED BY " + Sql.literal(master.password()),
                "GRANT " + String.join(", ", distribution.masterPrivileges(service)) + " ON *.* TO " + account
                        + " WITH GRANT OPTION"));
        if (database != null) {
            statements.add("CREATE DATABASE IF NOT EXISTS " + Sql.identifier(database));
        }
        return statements;
    }
}
