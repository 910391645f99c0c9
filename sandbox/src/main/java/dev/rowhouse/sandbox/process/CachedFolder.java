package dev.rowhouse.sandbox.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Folders of the {@link UserCache} that are made once and then only read, such as a server's unpacked programs. */
public final class CachedFolder {

    private static final Duration ABANDONED = Duration.ofHours(1);

    private CachedFolder() {}

    /** Fills an empty folder, which moves to another place afterwards. */
    @FunctionalInterface
    public interface Maker {
        void fill(Path folder) throws IOException, InterruptedException;
    }

    /**
     * The folder of that name, made the first time; whole or not at all. Several processes may ask at once.
     *
     * @param kind what is in it, such as {@code postgres}
     * @param name tells it from others of its kind: what differs in content differs in name
     */
    public static Path of(String kind, String name, Maker maker) throws IOException, InterruptedException {
        Path cache = Directories.privateDirectory(UserCache.directory().resolve(kind));
        Path folder = cache.resolve(name);
        deleteAbandoned(cache);
        if (Files.notExists(folder)) {
            Path unfinished = Files.createDirectory(cache.resolve(UUID.randomUUID() + ".new"));
            try {
                maker.fill(unfinished);
                publish(unfinished, folder);
            } finally {
                Directories.delete(unfinished);
            }
        }
        return folder;
    }

    private static void publish(Path unfinished, Path folder) throws IOException {
        try {
            Files.move(unfinished, folder);
        } catch (IOException e) {
            // Another process was quicker; its copy is the same.
            if (Files.notExists(folder)) {
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
            try {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
                    Directories.delete(folder);
                }
            } catch (NoSuchFileException e) {
                // Another process has just finished it, or deleted it.
            }
        }
    }
}
