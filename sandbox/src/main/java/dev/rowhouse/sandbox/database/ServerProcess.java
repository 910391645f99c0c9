package dev.rowhouse.sandbox.database;

import dev.rowhouse.sandbox.process.ChildProcess;
import dev.rowhouse.sandbox.process.Command;
import dev.rowhouse.sandbox.process.Directories;
import dev.rowhouse.sandbox.process.SandboxDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One server's process and its data, in a folder of a sandbox's directory. Not thread-safe. */
public final class ServerProcess {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    private final SandboxDirectory directory;
    private final String name;
    private ChildProcess child;

    /** @param name of the folder, the process and its log */
    public ServerProcess(SandboxDirectory directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Its data directory. */
    public Path data() {
        return directory.path().resolve(name);
    }

    /**
     * Answers when the server has written {@code ready} to its log.
     *
     * @throws dev.rowhouse.sandbox.process.ChildFailedException when it does not start; quotes its log
     */
    public void run(Command command, String ready) throws InterruptedException {
        child = directory.start(command);
        child.awaitReady(() -> child.output().contains(ready), START_LIMIT);
    }

    public long pid() {
        return child.pid();
    }

    public boolean isAlive() {
        return child != null && child.isAlive();
    }

    public void kill() {
        if (child != null) {
            child.kill();
        }
    }

    /** In good order, whoever is connected. */
    public void stop() throws InterruptedException {
        if (child != null) {
            child.stop(STOP_GRACE);
        }
    }

    /** Deletes its data and its log. */
    public void deleteFiles() throws IOException {
        deleteFiles(directory, name);
    }

    /** Deletes what a server of that name, which is gone, has left. */
    public static void deleteFiles(SandboxDirectory directory, String name) throws IOException {
        Path data = directory.path().resolve(name);
        Directories.delete(data);
        Directories.delete(Directories.unfinished(data));
        Files.deleteIfExists(directory.path().resolve(name + ".log"));
    }
}
