package dev.rowhouse.sandbox.kafka;

import dev.rowhouse.sandbox.process.ChildProcess;
import dev.rowhouse.sandbox.process.Command;
import dev.rowhouse.sandbox.process.EndSignal;
import dev.rowhouse.sandbox.process.Ports;
import dev.rowhouse.sandbox.process.SandboxDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;

/**
 * A real Kafka broker on 127.0.0.1, its own controller, as a child process: a fatal fault halts the JVM it occurs in, so a
 * broker that is to be killed needs one of its own. Not thread-safe.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final String NAME = "kafka";
    private static final String HOST = "127.0.0.1";
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

    private final SandboxDirectory directory;
    private final int port;
    private ChildProcess process;

    private KafkaBroker(SandboxDirectory directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** A broker whose data goes with it, on a free port. */
    public static KafkaBroker startTemporary() throws InterruptedException {
        return start(SandboxDirectory.temporary(NAME), freePort(), Map.of());
    }

    /**
     * A broker in a directory: closing the broker closes the directory.
     *
     * @param port on 127.0.0.1
     * @param overrides broker settings that win over the sandbox's
     */
    public static KafkaBroker start(SandboxDirectory directory, int port, Map<String, String> overrides)
            throws InterruptedException {
        KafkaBroker broker = new KafkaBroker(directory, port);
        try {
            Path properties = broker.writeProperties(overrides);
            if (Files.notExists(broker.data().resolve("meta.properties"))) {
                broker.format(properties);
            }
            broker.run();
            return broker;
        } catch (RuntimeException | InterruptedException e) {
            directory.close();
            throw e;
        }
    }

    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    public long pid() {
        return process.pid();
    }

    /** {@code SIGKILL}. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** {@code SIGSTOP}: alive, its connections open, answering nothing. */
    public void suspend() throws InterruptedException {
        process.suspend();
    }

    /** Undoes {@link #suspend}. */
    public void resume() throws InterruptedException {
        process.resume();
    }

    /** Starts again on the same port with the same data; ends the broker first where it still runs. */
    public void restart() throws InterruptedException {
        process.stop(STOPS_WITHIN);
        run();
    }

    /** Kills the broker: what it wrote is on disk, and a clean end would take longer than the recovery it saves. */
    @Override
    public void close() {
        directory.close();
    }

    private void run() throws InterruptedException {
        process = directory.start(java(NAME, "kafka.Kafka", propertiesFile().toString()));
        process.awaitReady(this::answers, STARTS_WITHIN);
    }

    /** Asked from outside: a port that is open may belong to a broker that does not serve yet. */
    private boolean answers() {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", bootstrapServers(),
                "default.api.timeout.ms", 2_000,
                "request.timeout.ms", 1_500);
        try (Admin admin = Admin.create(config)) {
            return !admin.describeCluster(new DescribeClusterOptions().timeoutMs(1_500))
                    .nodes()
                    .get(2, TimeUnit.SECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void format(Path properties) throws InterruptedException {
        directory
                .start(java(
                        NAME + "-format",
                        "kafka.tools.StorageTool",
                        "format",
                        "--cluster-id",
                        "rowhouse-sandbox-00000",
                        "--config",
                        properties.toString(),
                        "--ignore-formatted"))
                .awaitSuccess(STARTS_WITHIN);
    }

    private static Command java(String name, String... mainAndArguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        words.addAll(List.of(mainAndArguments));
        return new Command(name, words, Map.of(), Set.of("JAVA_TOOL_OPTIONS", "KAFKA_OPTS"), EndSignal.TERM);
    }

    private Path writeProperties(Map<String, String> overrides) {
        Map<String, String> settings = new TreeMap<>();
        int controllerPort = freePort();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
        settings.put("listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("log.dirs", data().toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "8");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "8");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.streams.initial.rebalance.delay.ms", "0");
        // A killed broker comes back once its old session is over: seconds instead of the default's many.
        settings.put("broker.session.timeout.ms", "1500");
        settings.put("broker.heartbeat.interval.ms", "300");
        // The default takes 128 MB of heap.
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
        settings.putAll(overrides);
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = propertiesFile();
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return file;
    }

    private Path propertiesFile() {
        return directory.path().resolve("kafka.properties");
    }

    private Path data() {
        return directory.path().resolve("kafka-data");
    }

    private static int freePort() {
        return Ports.free(InetAddress.getLoopbackAddress());
    }
}
