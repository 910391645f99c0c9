package dev.rowhouse.sandbox.postgres;

import dev.rowhouse.sandbox.process.ChildFailedException;
import dev.rowhouse.sandbox.process.ChildProcess;
import dev.rowhouse.sandbox.process.Command;
import dev.rowhouse.sandbox.process.Directories;
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

/** One server process and its data, in a folder of a sandbox's directory. Not thread-safe. */
final class Cluster {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);
    private static final Duration FORMER_LIFE_LIMIT = Duration.ofSeconds(10);
    private static final String READY = "database system is ready to accept connections";
    private static final String FORMER_LIFE = "is still in use";

    private final SandboxDirectory directory;
    private final PostgresBinaries binaries;
    private final String name;
    private ChildProcess child;

    Cluster(SandboxDirectory directory, PostgresBinaries binaries, String name) {
        this.directory = directory;
        this.binaries = binaries;
        this.name = name;
    }

    /** Where it listens, and whom it lets in: lines of {@code pg_hba.conf}, the first that fits decides. */
    record Door(InetAddress address, int port, ServerNames names, List<String> rules) {}

    /** Makes the data directory unless it is there, and runs the statements as the superuser. The server is down. */
    void prepare(List<String> statements) throws IOException, InterruptedException {
        if (Files.notExists(data())) {
            binaries.copyTemplate(data());
        }
        SingleUserSession.run(binaries, data(), statements);
    }

    void start(Door door, SandboxCa ca) throws IOException, InterruptedException {
        Path certificate = data().resolve("server.pem");
        Path key = data().resolve("server.key");
        ca.issue(door.names(), certificate, key);
        Path settings = data().resolve("postgresql.conf");
        Path rules = data().resolve("pg_hba.conf");
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
        child = directory.start(new Command(
                name,
                binaries.command("postgres", "-D", data().toString()),
                Map.of(),
                Set.of("PGDATA", "PGPORT", "PGHOST", "PGOPTIONS"),
                EndSignal.INT));
        try {
            child.awaitReady(() -> child.output().contains(READY), START_LIMIT);
            return true;
        } catch (ChildFailedException e) {
            if (!e.getMessage().contains(FORMER_LIFE) || System.nanoTime() > deadline) {
                throw e;
            }
            return false;
        }
    }

    long pid() {
        return child.pid();
    }

    boolean isAlive() {
        return child != null && child.isAlive();
    }

    void kill() {
        child.kill();
    }

    /** In good order, whoever is connected. */
    void stop() throws InterruptedException {
        if (child != null) {
            child.stop(STOP_GRACE);
        }
    }

    /** Stops it, and deletes its data and its log. */
    void delete() throws IOException, InterruptedException {
        stop();
        Directories.delete(data());
        Directories.delete(directory.path().resolve(name + ".new"));
        Files.deleteIfExists(directory.path().resolve(name + ".log"));
    }

    private Path data() {
        return directory.path().resolve(name);
    }
}
