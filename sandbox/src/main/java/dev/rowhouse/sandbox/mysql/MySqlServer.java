package dev.rowhouse.sandbox.mysql;

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

/**
 * A MySQL 8.0 or a MariaDB 11.4 on a loopback address, with TLS from the sandbox's authority, and connections without TLS
 * as well. One user can log in: the master user, who has RDS's rights. Thread-safe.
 */
public final class MySqlServer implements AutoCloseable {

    private static final String NAME = "mysql";

    private final SandboxDirectory directory;
    private final SandboxCa ca;
    private final Mysqld mysqld;
    private final InetAddress address;
    private final Master master;
    private int port;

    private MySqlServer(SandboxDirectory directory, SandboxCa ca, Mysqld mysqld, InetAddress address, Master master) {
        this.directory = directory;
        this.ca = ca;
        this.mysqld = mysqld;
        this.address = address;
        this.master = master;
    }

    /**
     * @param service by whose defaults it is run
     * @param dataDir where it stores everything, its log {@code mysql.log} too; belongs to one server of one product
     * @param ca vouches for the server, by its address; at 127.0.0.1 as {@code localhost} too
     * @param address of 127.0.0.0/8
     * @param port where it listens; 0 for a free one
     * @param master made, or given this password, when the server starts
     * @param database made unless it is there; null for none
     */
    public record Options(
            Product product,
            Service service,
            Path dataDir,
            SandboxCa ca,
            InetAddress address,
            int port,
            Master master,
            String database) {

        /** As RDS runs it, on a free port of 127.0.0.1, without a database. */
        public Options(Product product, Path dataDir, SandboxCa ca, Master master) {
            this(product, Service.RDS, dataDir, ca, Ports.ipv4("127.0.0.1"), 0, master, null);
        }

        public Options by(Service other) {
            return new Options(product, other, dataDir, ca, address, port, master, database);
        }
    }

    /**
     * Answers when the server accepts connections, after a second; the first time for a user, five.
     *
     * @throws PortTakenException when somebody else listens on the wanted port
     * @throws IllegalStateException when another living sandbox runs in the data directory
     * @throws ChildFailedException when the server does not start; quotes its log
     */
    public static MySqlServer start(Options options) throws InterruptedException {
        return start(SandboxDirectory.claim(options.dataDir()), options);
    }

    /**
     * With an authority of its own, on a free port of 127.0.0.1 and in a temporary directory, which {@link #close} deletes;
     * the master user {@code admin} has a new password.
     */
    public static MySqlServer startTemporary(Product product) throws InterruptedException {
        SandboxDirectory directory = SandboxDirectory.temporary(NAME);
        SandboxCa ca;
        try {
            ca = SandboxCa.in(directory.path().resolve("tls"), Clock.systemUTC());
        } catch (IOException e) {
            directory.close();
            throw new UncheckedIOException("cannot make certificates in " + directory.path(), e);
        }
        return start(directory, new Options(product, directory.path(), ca, new Master("admin", newPassword())));
    }

    private static MySqlServer start(SandboxDirectory directory, Options options) throws InterruptedException {
        try {
            Mysqld mysqld = new Mysqld(directory, options.product().unpacked(), options.service(), NAME);
            mysqld.prepare();
            MySqlServer server = new MySqlServer(directory, options.ca(), mysqld, options.address(), options.master());
            server.startAt(options.port(), mysqld.masterStatements(options.master(), options.database()));
            return server;
        } catch (IOException e) {
            directory.close();
            throw new UncheckedIOException(
                    "cannot prepare " + options.product() + " in " + directory.path() + ": " + e.getMessage(), e);
        } catch (RuntimeException | InterruptedException e) {
            directory.close();
            throw e;
        }
    }

    private synchronized void startAt(int wanted, List<String> statements) throws IOException, InterruptedException {
        List<String> dns = address.getHostAddress().equals("127.0.0.1") ? List.of("localhost") : List.of();
        ServerNames names = new ServerNames(dns, List.of(address));
        port = PortSearch.start(address, wanted, free -> mysqld.start(address, free, names, ca, statements));
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

    public Master master() {
        return master;
    }

    /**
     * {@code jdbc:mysql://…} for MySQL's own driver, with TLS but without a look at the certificate, and without user and
     * password.
     *
     * @param database one that exists; empty for none
     */
    public synchronized String jdbcUrl(String database) {
        return "jdbc:mysql://" + host() + ":" + port + "/" + database + "?sslMode=REQUIRED";
    }

    public synchronized long pid() {
        return mysqld.process().pid();
    }

    public synchronized boolean isAlive() {
        return mysqld.process().isAlive();
    }

    /** {@code SIGKILL}. What was committed is there after {@link #restart}. */
    public synchronized void kill() {
        mysqld.process().kill();
    }

    /** Ends it in good order if it runs, and starts it on the same port with the same data. */
    public synchronized void restart() throws InterruptedException {
        mysqld.process().stop();
        try {
            startAt(port, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot restart the server in " + directory.path(), e);
        }
    }

    /** See {@link SandboxDirectory#endedByOwnHook}. */
    public void endedByOwnHook() {
        directory.endedByOwnHook();
    }

    @Override
    public synchronized void close() {
        try {
            if (directory.isTemporary()) {
                // Good order takes seconds, for data that nobody wants.
                mysqld.process().kill();
            } else {
                mysqld.process().stop();
            }
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
