package dev.rowhouse.sandbox.kafka;

import dev.rowhouse.sandbox.process.ChildFailedException;
import dev.rowhouse.sandbox.process.ChildProcess;
import dev.rowhouse.sandbox.process.Command;
import dev.rowhouse.sandbox.process.EndSignal;
import dev.rowhouse.sandbox.process.PortTakenException;
import dev.rowhouse.sandbox.process.Ports;
import dev.rowhouse.sandbox.process.SandboxDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A real broker on 127.0.0.1, its own controller, in a JVM of its own: a fatal fault halts the JVM it is in, and tests
 * kill it. What it stores survives {@link #restart}, {@link #kill} and, unless temporary, {@link #close}. Topics are not
 * made by themselves. Thread-safe.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final String NAME = "kafka";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);
    private static final int TRIES_FOR_A_PORT = 3;
    /** Written once the broker is registered, unfenced, and serves requests: before that a connection may succeed. */
    private static final String STARTED = "Kafka Server started";

    private final SandboxDirectory directory;
    private final BrokerDisk disk;
    private final InetAddress address = Ports.ipv4("127.0.0.1");
    private final Map<String, String> overrides;
    private final OnClose onClose;
    private int port;
    private ChildProcess child;

    private KafkaBroker(SandboxDirectory directory, Map<String, String> overrides, OnClose onClose) {
        this.directory = directory;
        this.disk = new BrokerDisk(directory.path());
        this.overrides = overrides;
        this.onClose = onClose;
    }

    /**
     * @param dataDir where it stores everything, its log {@code kafka.log} too; belongs to one broker at a time
     * @param port where it listens; 0 for a free one
     * @param overrides broker settings by their Kafka names, over the sandbox's
     */
    public record Options(Path dataDir, int port, Map<String, String> overrides) {

        public Options {
            overrides = Map.copyOf(overrides);
        }

        /** On a free port, with the sandbox's settings. */
        public Options(Path dataDir) {
            this(dataDir, 0, Map.of());
        }
    }

    /**
     * Answers when the broker serves requests, after 2 to 5 s.
     *
     * @throws PortTakenException when somebody else listens on the wanted port
     * @throws IllegalStateException when another living sandbox runs in the data directory
     * @throws ChildFailedException when the broker does not start; quotes its log
     */
    public static KafkaBroker start(Options options) throws InterruptedException {
        return start(SandboxDirectory.claim(options.dataDir()), options.port(), options.overrides(), OnClose.STOP);
    }

    /** On a free port and in a temporary directory, which {@link #close} deletes. */
    public static KafkaBroker startTemporary() throws InterruptedException {
        return startTemporary(Map.of());
    }

    /** As {@link #startTemporary()}, with broker settings by their Kafka names over the sandbox's. */
    public static KafkaBroker startTemporary(Map<String, String> overrides) throws InterruptedException {
        return start(SandboxDirectory.temporary(NAME), 0, Map.copyOf(overrides), OnClose.KILL);
    }

    private static KafkaBroker start(
            SandboxDirectory directory, int port, Map<String, String> overrides, OnClose onClose)
            throws InterruptedException {
        KafkaBroker broker = new KafkaBroker(directory, overrides, onClose);
        try {
            broker.startAt(port);
            return broker;
        } catch (RuntimeException | InterruptedException e) {
            directory.close();
            throw e;
        }
    }

    private synchronized void startAt(int wantedPort) throws InterruptedException {
        if (wantedPort != 0) {
            if (!Ports.isFree(address, wantedPort)) {
                throw new PortTakenException(address.getHostAddress(), wantedPort);
            }
            run(wantedPort);
            return;
        }
        for (int tries = 1; ; tries++) {
            int free = Ports.free(address);
            try {
                run(free);
                return;
            } catch (ChildFailedException e) {
                // Somebody may have taken the port between our look and the broker's.
                if (Ports.isFree(address, free) || tries == TRIES_FOR_A_PORT) {
                    throw e;
                }
            }
        }
    }

    private void run(int onPort) throws InterruptedException {
        try {
            Path settings = disk.prepare(BrokerSettings.of(onPort, Ports.free(address), disk.data(), overrides));
            child = directory.start(command(settings));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + directory.path() + " for Kafka: " + e.getMessage(), e);
        }
        child.awaitReady(() -> child.output().contains(STARTED), START_LIMIT);
        port = onPort;
    }

    private Command command(Path settings) {
        return new Command(
                NAME,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=" + disk.logging(),
                        // The compressors' native libraries are unpacked there, and left behind by a JVM that is
                        // killed.
                        "-Djava.io.tmpdir=" + disk.temporary(),
                        "-cp",
                        BrokerClassPath.find(),
                        "kafka.Kafka",
                        settings.toString()),
                Map.of(),
                // A debugger's port, an agent or a heap size are meant for the sandbox's own JVM.
                Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH"),
                EndSignal.TERM);
    }

    /** {@code 127.0.0.1:<port>}; the same after {@link #restart}. */
    public synchronized String bootstrapServers() {
        return address.getHostAddress() + ":" + port;
    }

    public synchronized int port() {
        return port;
    }

    public synchronized long pid() {
        return child.pid();
    }

    public synchronized boolean isAlive() {
        return child.isAlive();
    }

    /** {@code SIGKILL}, as a machine that loses power but keeps its disk; {@link #restart} brings it back. */
    public synchronized void kill() {
        child.kill();
    }

    /** {@code SIGSTOP}: clients stay connected and get no answer, until {@link #resume}. */
    public synchronized void suspend() throws InterruptedException {
        child.suspend();
    }

    public synchronized void resume() throws InterruptedException {
        child.resume();
    }

    /** Ends it in good order if it runs, and starts it on the same port with the same data. */
    public synchronized void restart() throws InterruptedException {
        child.stop(STOP_GRACE);
        startAt(port);
    }

    /** See {@link SandboxDirectory#endedByOwnHook}. */
    public void endedByOwnHook() {
        directory.endedByOwnHook();
    }

    @Override
    public synchronized void close() {
        try {
            // In good order where the data stays, since the next start is then four seconds faster.
            if (onClose == OnClose.STOP) {
                child.stop(STOP_GRACE);
            } else {
                child.kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            directory.close();
        }
    }

    private enum OnClose {
        STOP,
        KILL
    }
}
