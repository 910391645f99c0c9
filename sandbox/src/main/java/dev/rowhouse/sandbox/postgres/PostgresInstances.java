package dev.rowhouse.sandbox.postgres;

import dev.rowhouse.sandbox.aws.DatabaseHost;
import dev.rowhouse.sandbox.process.ChildFailedException;
import dev.rowhouse.sandbox.process.Directories;
import dev.rowhouse.sandbox.process.PortTakenException;
import dev.rowhouse.sandbox.process.Ports;
import dev.rowhouse.sandbox.process.SandboxDirectory;
import dev.rowhouse.sandbox.tls.SandboxCa;
import dev.rowhouse.sandbox.tls.ServerNames;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * PostgreSQL as RDS would make it: a server per instance, on a loopback address of its own, TLS only, with RDS's roles.
 * Its superuser has no password and is let in from nowhere. Instances come back, at the same addresses, when the same
 * directory is opened again. Thread-safe.
 */
public final class PostgresInstances implements DatabaseHost, AutoCloseable {

    private static final int TRIES_FOR_AN_ADDRESS = 3;
    private static final List<String> RULES = List.of(
            "hostssl all " + PostgresBinaries.SUPERUSER + " 0.0.0.0/0 reject",
            "hostssl all all 127.0.0.0/8 scram-sha-256");

    private final SandboxDirectory directory;
    private final PostgresBinaries binaries;
    private final SandboxCa ca;
    private final LoopbackAddresses addresses = new LoopbackAddresses();
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    private PostgresInstances(SandboxDirectory directory, PostgresBinaries binaries, SandboxCa ca) {
        this.directory = directory;
        this.binaries = binaries;
        this.ca = ca;
    }

    private record Running(Cluster cluster, InetAddress address) {}

    /**
     * Starts the instances that the directory has. The first time for a user it unpacks PostgreSQL, which takes two
     * seconds.
     *
     * @throws IllegalStateException when another living sandbox runs in the data directory
     * @throws PortTakenException when somebody else listens where an instance did
     */
    public static PostgresInstances open(Path dataDir, SandboxCa ca) throws InterruptedException {
        SandboxDirectory directory = SandboxDirectory.claim(dataDir);
        try {
            PostgresInstances instances = new PostgresInstances(directory, PostgresBinaries.unpacked(), ca);
            instances.bringBack();
            return instances;
        } catch (IOException e) {
            directory.close();
            throw new UncheckedIOException("cannot run PostgreSQL in " + dataDir + ": " + e.getMessage(), e);
        } catch (RuntimeException | InterruptedException e) {
            directory.close();
            throw e;
        }
    }

    private void bringBack() throws IOException, InterruptedException {
        List<InstanceRecord> complete = InstanceRecord.in(directory.path());
        deleteAllBut(complete.stream().map(InstanceRecord::name).collect(Collectors.toSet()));
        for (InstanceRecord instance : complete) {
            if (!Ports.isFree(instance.address(), instance.port())) {
                throw new PortTakenException(instance.address().getHostAddress(), instance.port());
            }
            addresses.keep(instance.address());
            Cluster cluster = new Cluster(directory, binaries, instance.name());
            cluster.start(door(instance.address(), instance.port()), ca);
            running.put(instance.name(), new Running(cluster, instance.address()));
        }
    }

    /** What a sandbox left that died while it made or deleted an instance. */
    private void deleteAllBut(Set<String> complete) throws IOException {
        List<Path> halfMade;
        try (Stream<Path> folders = Files.list(directory.path())) {
            halfMade = folders.filter(Files::isDirectory)
                    .filter(folder -> folder.getFileName().toString().startsWith("postgres-"))
                    .filter(folder -> !complete.contains(folder.getFileName().toString()))
                    .toList();
        }
        for (Path folder : halfMade) {
            Directories.delete(folder);
        }
    }

    @Override
    public Endpoint create(Instance instance) throws IOException {
        RdsRules.check(instance);
        String name = InstanceRecord.nameOf(instance.identifier());
        if (running.containsKey(name)) {
            throw new IOException("DB Instance already exists");
        }
        Cluster cluster = new Cluster(directory, binaries, name);
        try {
            cluster.prepare(RdsRules.statements(instance));
            InetAddress address = start(cluster, instance.port());
            running.put(name, new Running(cluster, address));
            new InstanceRecord(instance.identifier(), address, instance.port()).write(directory.path());
            return new Endpoint(address.getHostAddress(), instance.port());
        } catch (InterruptedException e) {
            // What is half made goes with delete, or when the directory is opened again.
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while making " + instance);
        } catch (IOException | RuntimeException e) {
            delete(instance.identifier());
            throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
        }
    }

    private InetAddress start(Cluster cluster, int port) throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            InetAddress address = addresses.take(port);
            try {
                cluster.start(door(address, port), ca);
                return address;
            } catch (ChildFailedException e) {
                boolean takenMeanwhile = !Ports.isFree(address, port);
                addresses.release(address);
                if (!takenMeanwhile || tries == TRIES_FOR_AN_ADDRESS) {
                    throw e;
                }
            }
        }
    }

    private static Cluster.Door door(InetAddress address, int port) {
        return new Cluster.Door(address, port, ServerNames.of(address), RULES);
    }

    @Override
    public void delete(String identifier) {
        String name = InstanceRecord.nameOf(identifier);
        Running instance = running.remove(name);
        try {
            // The record first: without it, what a sandbox that dies now leaves of the data is deleted at the next
            // start.
            InstanceRecord.delete(directory.path(), identifier);
            if (instance == null) {
                new Cluster(directory, binaries, name).delete();
            } else {
                instance.cluster().delete();
                addresses.release(instance.address());
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
