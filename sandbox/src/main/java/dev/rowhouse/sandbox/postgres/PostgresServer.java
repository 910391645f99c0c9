package dev.rowhouse.sandbox.postgres;

import dev.rowhouse.sandbox.database.PortSearch;
import dev.rowhouse.sandbox.process.ChildFailedException;
import dev.rowhouse.sandbox.process.PortTakenException;
import dev.rowhouse.sandbox.process.Ports;
import dev.rowhouse.sandbox.process.SandboxDirectory;
import dev.rowhouse.sandbox.tls.SandboxCa;
import dev.rowhouse.sandbox.tls.ServerNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL 18 on 127.0.0.1, called {@code localhost} too, with TLS from the sandbox's authority. Whoever started it
 * is its superuser, by a password that is new at each start and written nowhere. Serves connections with and without
 * TLS, by {@code scram-sha-256}. Thread-safe.
 */
public final class PostgresServer implements AutoCloseable {

    private static final String NAME = "postgres";
    private static final List<String> RULES = List.of("host all all 127.0.0.0/8 scram-sha-256");

    private final SandboxDirectory directory;
    private final SandboxCa ca;
    private final Cluster cluster;
    private final InetAddress address = Ports.ipv4("127.0.0.1");
    private final String password;
    private int port;

    private PostgresServer(SandboxDirectory directory, SandboxCa ca, Cluster cluster, String password) {
        this.directory = directory;
        this.ca = ca;
        this.cluster = cluster;
        this.password = password;
    }

    /**
     * @param dataDir where it stores everything, its log {@code postgres.log} too; belongs to one server at a time
     * @param ca vouches for the server
     * @param port where it listens; 0 for a free one
     */
    public record Options(Path dataDir, SandboxCa ca, int port) {

        /** On a free port. */
        public Options(Path dataDir, SandboxCa ca) {
            this(dataDir, ca, 0);
        }
    }

    /**
     * Answers when the server accepts connections, after a second; the first time for a user, three.
     *
     * @throws PortTakenException when somebody else listens on the wanted port
     * @throws IllegalStateException when another living sandbox runs in the data directory
     * @throws ChildFailedException when the server does not start; quotes its log
     */
    public static PostgresServer start(Options options) throws InterruptedException {
        return start(SandboxDirectory.claim(options.dataDir()), options.ca(), options.port());
    }

    /** With an authority of its own, on a free port and in a temporary directory, which {@link #close} deletes. */
    public static PostgresServer startTemporary() throws InterruptedException {
        SandboxDirectory directory = SandboxDirectory.temporary(NAME);
        try {
            return start(directory, SandboxCa.in(directory.path().resolve("tls"), Clock.systemUTC()), 0);
        } catch (IOException e) {
            directory.close();
            throw new UncheckedIOException("cannot make certificates in " + directory.path(), e);
        }
    }

    private static PostgresServer start(SandboxDirectory directory, SandboxCa ca, int port)
            throws InterruptedException {
        try {
            Cluster cluster = new Cluster(directory, PostgresBinaries.unpacked(), NAME);
            String password = newPassword();
            cluster.prepare(List.of(
                    "ALTER ROLE " + Sql.identifier(PostgresBinaries.SUPERUSER) + " PASSWORD " + Sql.literal(password)));
            PostgresServer server = new PostgresServer(directory, ca, cluster, password);
            server.startAt(port);
            return server;
        } catch (IOException e) {
            directory.close();
            throw new UncheckedIOException(
                    "cannot prepare PostgreSQL in " + directory.path() + ": " + e.getMessage(), e);
        } catch (RuntimeException | InterruptedException e) {
            directory.close();
            throw e;
        }
    }

    private synchronized void startAt(int wantedPort) throws IOException, InterruptedException {
        ServerNames names = new ServerNames(List.of("localhost"), List.of(address));
        port = PortSearch.start(
                address, wantedPort, free -> cluster.start(new Cluster.Door(address, free, names, RULES), ca));
    }

    public String host() {
        return address.getHostAddress();
    }

    public synchronized int port() {
        return port;
    }

    /** The certificate, in PEM, of the authority that vouches for the server. */
    public Path caFile() {
        return ca.caFile();
    }

    public String superuser() {
        return PostgresBinaries.SUPERUSER;
    }

    public String superuserPassword() {
        return password;
    }

    /** {@code jdbc:postgresql://…}, with TLS and the server checked; without user and password. */
    public synchronized String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host() + ":" + port + "/" + database + "?sslmode=verify-full&sslrootcert="
                + caFile();
    }

    /** Connections as the superuser, to a database that exists, such as {@code postgres}. */
    public DataSource superuserDataSource(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl(database));
        source.setUser(superuser());
        source.setPassword(password);
        return source;
    }

    public synchronized long pid() {
        return cluster.process().pid();
    }

    public synchronized boolean isAlive() {
        return cluster.process().isAlive();
    }

    /** {@code SIGKILL}; its own children end with it. What was committed is there after {@link #restart}. */
    public synchronized void kill() {
        cluster.process().kill();
    }

    /** Ends it in good order if it runs, and starts it on the same port with the same data and password. */
    public synchronized void restart() throws InterruptedException {
        cluster.process().stop();
        try {
            startAt(port);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot restart PostgreSQL in " + directory.path(), e);
        }
    }

    /** See {@link SandboxDirectory#endedByOwnHook}. */
    public void endedByOwnHook() {
        directory.endedByOwnHook();
    }

    @Override
    public synchronized void close() {
        try {
            cluster.process().stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            directory.close();
        }
    }

    private static String newPassword() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
