package dev.rowhouse.sandbox.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says whether a directory's owner lives: the system takes the lock away at the owner's death, however it died, and a
 * reused pid or another container's numbering cannot feign a living owner.
 */
final class OwnerLock implements AutoCloseable {

    // The only state shared by all sandboxes of a JVM, because the lock is the JVM's: closing any channel of a locked
    // file gives up the lock (POSIX), so this JVM must not even open the file a second time.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private OwnerLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** Empty when the directory has a living owner. */
    static Optional<OwnerLock> tryTake(Path existingDirectory) throws IOException {
        Path directory = existingDirectory.toRealPath();
        if (!HELD_HERE.add(directory)) {
            return Optional.empty();
        }
        Optional<OwnerLock> taken = Optional.empty();
        try {
            taken = lock(directory);
        } finally {
            if (taken.isEmpty()) {
                HELD_HERE.remove(directory);
            }
        }
        return taken;
    }

    private static Optional<OwnerLock> lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("owner.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                channel.close();
                return Optional.empty();
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return Optional.of(new OwnerLock(directory, channel));
    }

    /** For a message only: the owner's pid as it noted it. */
    static String ownerOf(Path directory) {
        try {
            return "process " + Files.readString(directory.resolve("owner.pid")).strip();
        } catch (IOException unknown) {
            return "another process";
        }
    }

    void noteOwner() throws IOException {
        Files.writeString(
                directory.resolve("owner.pid"), ProcessHandle.current().pid() + "\n");
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(directory);
        }
    }
}
