package dev.rowhouse.sandbox.rds;

import dev.rowhouse.sandbox.aws.DatabaseHost;
import dev.rowhouse.sandbox.database.Engine;
import dev.rowhouse.sandbox.database.EngineServer;
import dev.rowhouse.sandbox.database.ServerProcess;
import dev.rowhouse.sandbox.mysql.MySqlEngine;
import dev.rowhouse.sandbox.mysql.Product;
import dev.rowhouse.sandbox.mysql.Service;
import dev.rowhouse.sandbox.postgres.PostgresEngine;
import dev.rowhouse.sandbox.process.ChildFailedException;
import dev.rowhouse.sandbox.process.Directories;
import dev.rowhouse.sandbox.process.PortTakenException;
import dev.rowhouse.sandbox.process.Ports;
import dev.rowhouse.sandbox.process.SandboxDirectory;
import dev.rowhouse.sandbox.tls.SandboxCa;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Databases as RDS would make them: a server per instance or cluster, on a loopback address of its own, with RDS's roles
 * and TLS. Those that listen come back, at the same addresses, when the same directory is opened again. Thread-safe.
 */
public final class RdsInstances implements DatabaseHost, AutoCloseable {

    private static final int TRIES_FOR_AN_ADDRESS = 3;

    private final SandboxDirectory directory;
    private final SandboxCa ca;
    private final Map<String, Engine> engines = engines();
    private final LoopbackAddresses addresses = new LoopbackAddresses();
    private final Map<String, Made> made = new ConcurrentHashMap<>();

    private RdsInstances(SandboxDirectory directory, SandboxCa ca) {
        this.directory = directory;
        this.ca = ca;
    }

    /** By the names of templates; Aurora is the engine that it is compatible with. */
    private static Map<String, Engine> engines() {
        Engine postgres = new PostgresEngine();
        Product mysql = Product.nearestToMySql();
        return Map.of(
                "postgres", postgres,
                "aurora-postgresql", postgres,
                "mysql", new MySqlEngine(mysql, Service.RDS),
                "aurora-mysql", new MySqlEngine(mysql, Service.AURORA),
                "mariadb", new MySqlEngine(Product.MARIADB, Service.RDS));
    }

    private record Made(InstanceRecord record, EngineServer server) {}

    /**
     * Starts the instances that the directory has. The first of an engine, for a user, takes some seconds more: its programs
     * are unpacked.
     *
     * @throws IllegalStateException when another living sandbox runs in the data directory
     * @throws PortTakenException when somebody else listens where an instance did
     */
    public static RdsInstances open(Path dataDir, SandboxCa ca) throws InterruptedException {
        SandboxDirectory directory = SandboxDirectory.claim(dataDir);
        try {
            RdsInstances instances = new RdsInstances(directory, ca);
            instances.bringBack();
            return instances;
        } catch (IOException e) {
            directory.close();
            throw new UncheckedIOException("cannot run databases in " + dataDir + ": " + e.getMessage(), e);
        } catch (RuntimeException | InterruptedException e) {
            directory.close();
            throw e;
        }
    }

    private void bringBack() throws IOException, InterruptedException {
        List<InstanceRecord> complete = InstanceRecord.in(directory.path());
        deleteAllBut(complete.stream().map(InstanceRecord::name).collect(Collectors.toSet()));
        for (InstanceRecord record : complete) {
            if (!Ports.isFree(record.address(), record.port())) {
                throw new PortTakenException(record.address().getHostAddress(), record.port());
            }
            addresses.keep(record.address());
            EngineServer server = engine(record.engine()).server(directory, record.name());
            server.start(record.address(), record.port(), ca);
            made.put(record.name(), new Made(record, server));
        }
    }

    /** What a sandbox left that died while it made or deleted an instance. */
    private void deleteAllBut(Set<String> complete) throws IOException {
        List<Path> halfMade;
        try (Stream<Path> folders = Files.list(directory.path())) {
            halfMade = folders.filter(Files::isDirectory)
                    .filter(folder -> folder.getFileName().toString().startsWith(InstanceRecord.PREFIX))
                    .filter(folder -> !complete.contains(folder.getFileName().toString()))
                    .toList();
        }
        for (Path folder : halfMade) {
            Directories.delete(folder);
        }
    }

    /** This, under the name of every engine there is. */
    public Map<String, DatabaseHost> byEngine() {
        return engines.keySet().stream().collect(Collectors.toMap(Function.identity(), engine -> this));
    }

    private Engine engine(String name) throws IOException {
        Engine engine = engines.get(name.toLowerCase(Locale.ROOT));
        if (engine == null) {
            throw new IOException(
                    "Invalid DB engine: " + name + "; the sandbox has servers for " + new TreeMap<>(engines).keySet());
        }
        return engine;
    }

    @Override
    public Endpoint create(Instance instance) throws IOException {
        return make(instance, this::startAnywhere);
    }

    @Override
    public Endpoint prepare(Instance instance) throws IOException {
        return make(instance, (server, wanted) -> addresses.take(wanted.port()));
    }

    @Override
    public void open(String identifier) throws IOException {
        Made instance = made.get(InstanceRecord.nameOf(identifier));
        if (instance == null) {
            throw new IOException("DB cluster not found");
        }
        try {
            start(instance);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while starting " + identifier);
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Instances of one cluster may open it at the same time. */
    private void start(Made instance) throws IOException, InterruptedException {
        synchronized (instance) {
            if (!instance.server().process().isAlive()) {
                instance.server()
                        .start(instance.record().address(), instance.record().port(), ca);
                instance.record().write(directory.path());
            }
        }
    }

    /** Finds an address for a server, and may start it there. */
    private interface Placing {
        InetAddress place(EngineServer server, Instance instance) throws IOException, InterruptedException;
    }

    private Endpoint make(Instance instance, Placing placing) throws IOException {
        Engine engine = engine(instance.engine());
        engine.check(instance);
        String name = InstanceRecord.nameOf(instance.identifier());
        if (made.containsKey(name)) {
            throw new IOException("DB Instance already exists");
        }
        EngineServer server = null;
        try {
            server = engine.server(directory, name);
            server.prepare(instance);
            InetAddress address = placing.place(server, instance);
            InstanceRecord record =
                    new InstanceRecord(instance.engine(), instance.identifier(), address, instance.port());
            made.put(name, new Made(record, server));
            if (server.process().isAlive()) {
                record.write(directory.path());
            }
            return new Endpoint(address.getHostAddress(), instance.port());
        } catch (InterruptedException e) {
            if (server != null) {
                end(server.process());
            }
            delete(instance.identifier());
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while making " + instance);
        } catch (IOException | RuntimeException e) {
            delete(instance.identifier());
            throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
        }
    }

    /** Before its files are deleted, to which it would write. */
    private static void end(ServerProcess process) {
        try {
            process.stop();
        } catch (InterruptedException again) {
            process.kill();
            Thread.currentThread().interrupt();
        }
    }

    private InetAddress startAnywhere(EngineServer server, Instance instance) throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            InetAddress address = addresses.take(instance.port());
            try {
                server.start(address, instance.port(), ca);
                return address;
            } catch (ChildFailedException e) {
                boolean takenMeanwhile = !Ports.isFree(address, instance.port());
                addresses.release(address);
                if (!takenMeanwhile || tries == TRIES_FOR_AN_ADDRESS) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void delete(String identifier) {
        String name = InstanceRecord.nameOf(identifier);
        Made instance = made.remove(name);
        try {
            // The record first: without it, what a sandbox that dies now leaves of the data is deleted at the next
            // start.
            InstanceRecord.delete(directory.path(), identifier);
            if (instance == null) {
                ServerProcess.deleteFiles(directory, name);
            } else {
                instance.server().delete();
                addresses.release(instance.record().address());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the instance " + identifier, e);
        }
    }

    /** The certificate, in PEM, of the authority that vouches for every instance. */
    public Path caFile() {
        return ca.caFile();
    }

    /** See {@link SandboxDirectory#endedByOwnHook}. */
    public void endedByOwnHook() {
        directory.endedByOwnHook();
    }

    /** Stops the instances; they come back with {@link #open}. */
    @Override
    public void close() {
        directory.close();
    }
}
