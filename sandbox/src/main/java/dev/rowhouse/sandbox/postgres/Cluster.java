package dev.rowhouse.sandbox.postgres;

import dev.rowhouse.sandbox.database.ServerProcess;
import dev.rowhouse.sandbox.process.ChildFailedException;
import dev.rowhouse.sandbox.process.Command;
import dev.rowhouse.sandbox.process.EndSignal;
import dev.rowhouse.sandbox.process.SandboxDirectory;
import dev.rowhouse.sandbox.tls.SandboxCa;
import dev.rowhouse.sandbox.tls.ServerNames;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One server of PostgreSQL and its data, in a folder of a sandbox's directory. Not thread-safe. */
final class Cluster {

    private static final Duration FORMER_LIFE_LIMIT = Duration.ofSeconds(10);
    private static final String READY = "database system is ready to accept connections";
    private static final String FORMER_LIFE = "is still in use";

    private final ServerProcess process;
    private final PostgresBinaries binaries;

    Cluster(SandboxDirectory directory, PostgresBinaries binaries, String name) {
        this.process = new ServerProcess(directory, name);
        this.binaries = binaries;
    }

    /** Where it listens, and whom it lets in: lines of {@code pg_hba.conf}, the first that fits decides. */
    record Door(InetAddress address, int port, ServerNames names, List<String> rules) {}

    ServerProcess process() {
        return process;
    }

    /** Makes the data directory unless it is there, and runs the statements as the superuser. The server is down. */
    void prepare(List<String> statements) throws IOException, InterruptedException {
        if (Files.notExists(process.data())) {
            binaries.copyTemplate(process.data());
        }
        SingleUserSession.run(binaries, process.data(), statements);
    }

    void start(Door door, SandboxCa ca) throws IOException, InterruptedException {
        Path data = process.data();
        Path certificate = data.resolve("server.pem");
        Path key = data.resolve("server.key");
        ca.issue(door.names(), certificate, key);
        Path settings = data.resolve("postgresql.conf");
        Path rules = data.resolve("pg_hba.conf");
        Files.writeString(settings, ClusterSettings.of(door.address(), door.port()));
        Files.writeString(rules, String.join("\n", door.rules()) + "\n");
        for (Path file : List.of(certificate, key, settings, rules)) {
            binaries.own(file);
        }
        long deadline = System.nanoTime() + FORMER_LIFE_LIMIT.toNanos();
        while (!tryToRun(deadline)) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** False while processes of a killed server still notice its death, for which the next one must wait. */
    private boolean tryToRun(long deadline) throws InterruptedException {
        Command command = new Command(
                process.name(),
                binaries.command("postgres", "-D", process.data().toString()),
                Map.of(),
                Set.of("PGDATA", "PGPORT", "PGHOST", "PGOPTIONS"),
                EndSignal.INT);
        try {
            process.run(command, READY);
            return true;
        } catch (ChildFailedException e) {
            if (!e.getMessage().contains(FORMER_LIFE) || System.nanoTime() > deadline) {
                throw e;
            }
            return false;
        }
    }
}
