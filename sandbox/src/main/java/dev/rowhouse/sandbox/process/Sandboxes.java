package dev.rowhouse.sandbox.process;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's list of directories in which sandboxes run, one file each, so that a start finds what dead owners left in
 * directories whose names nobody remembers.
 */
final class Sandboxes {

    private static final Logger log = LoggerFactory.getLogger(Sandboxes.class);

    private final Path list;

    Sandboxes(Path list) {
        this.list = list;
    }

    static Sandboxes ofUser() throws IOException {
        return new Sandboxes(UserCache.directory().resolve("sandboxes"));
    }

    /** The caller holds the directory's lock, so that no other start takes the entry for a dead owner's. */
    Path enter(Path directory, Keep keep) throws IOException {
        Files.createDirectories(list);
        Path entry = list.resolve(UUID.randomUUID() + ".properties");
        Path unfinished = list.resolve(entry.getFileName() + ".new");
        Properties values = new Properties();
        values.setProperty("directory", directory.toString());
        values.setProperty("keep", keep.name());
        try (Writer writer = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
            values.store(writer, null);
        }
        return Files.move(unfinished, entry);
    }

    /** Ends the children of dead owners and deletes their temporary directories. What fails is logged and left. */
    void cleanUp() throws IOException, InterruptedException {
        if (!Files.isDirectory(list)) {
            return;
        }
        List<Path> entries;
        try (Stream<Path> files = Files.list(list)) {
            // A directory within another comes first: deleting the outer one deletes the records of the inner one's
            // children.
            entries = files.filter(file -> file.toString().endsWith(".properties"))
                    .sorted(Comparator.comparingInt(Sandboxes::depth).reversed())
                    .toList();
        }
        for (Path entry : entries) {
            try {
                cleanUp(entry);
            } catch (IOException e) {
                // One directory that cannot be mended must not keep every sandbox from starting.
                log.atWarn()
                        .setCause(e)
                        .log("cannot clean up after the sandbox of {}; delete the file to forget it", entry);
            }
        }
    }

    /** How deep a sandbox's directory lies; an entry that cannot be read now is met, and told of, when its turn comes. */
    private static int depth(Path entry) {
        try {
            return Path.of(read(entry).getProperty("directory", "")).getNameCount();
        } catch (IOException unreadable) {
            return 0;
        }
    }

    private static Properties read(Path entry) throws IOException {
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(entry, StandardCharsets.UTF_8)) {
            values.load(reader);
        }
        return values;
    }

    private static void cleanUp(Path entry) throws IOException, InterruptedException {
        Properties values;
        try {
            values = read(entry);
        } catch (NoSuchFileException cleanedUpByAnother) {
            return;
        }
        Path directory = Path.of(values.getProperty("directory", ""));
        if (Files.notExists(directory)) {
            Files.deleteIfExists(entry);
            return;
        }
        Optional<OwnerLock> lock = OwnerLock.tryTake(directory);
        if (lock.isEmpty()) {
            return;
        }
        try {
            Orphans.endIn(directory);
            if (values.getProperty("keep", "").equals(Keep.UNTIL_CLOSED.name())) {
                Directories.delete(directory);
            }
            Files.deleteIfExists(entry);
        } finally {
            lock.get().close();
        }
    }

    /** How long a directory stays. */
    enum Keep {
        FOR_EVER,
        UNTIL_CLOSED
    }
}
