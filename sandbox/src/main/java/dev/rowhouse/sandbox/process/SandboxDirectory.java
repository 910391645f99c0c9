package dev.rowhouse.sandbox.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A directory that belongs to one living sandbox at a time, and the children that run in it.
 *
 * <p>Children end with the sandbox: at {@link #close}, else by a shutdown hook at the JVM's exit, else (after the JVM's
 * {@code kill -9}) when anyone claims this directory, or the same user any other. A child is known again by pid and start time, as
 * pids are reused. Thread-safe.
 */
public final class SandboxDirectory implements AutoCloseable {

    private static final Duration OTHERS_CLEANING = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final String LAUNCHER = "record-and-run.sh";

    private final Path path;
    private final OwnerLock lock;
    private final Path entry;
    private final Sandboxes.Keep keep;
    private final List<ChildProcess> children = new CopyOnWriteArrayList<>();
    private boolean closed;
    private final Thread exitHook = new Thread(this::closeAtExit, "sandbox-exit");

    private SandboxDirectory(Path path, OwnerLock lock, Path entry, Sandboxes.Keep keep) {
        this.path = path;
        this.lock = lock;
        this.entry = entry;
        this.keep = keep;
    }

    /**
     * A directory that stays, made if need be. Ends what a dead owner left in it.
     *
     * @throws IllegalStateException when another living sandbox runs in it
     */
    public static SandboxDirectory claim(Path directory) throws InterruptedException {
        try {
            return claim(directory, Sandboxes.Keep.FOR_EVER);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + directory + " for a sandbox: " + e, e);
        }
    }

    /** A new directory among the system's temporary files, deleted at {@link #close}. */
    public static SandboxDirectory temporary(String name) throws InterruptedException {
        try {
            return claim(Files.createTempDirectory("rowhouse-" + name + "-"), Sandboxes.Keep.UNTIL_CLOSED);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary directory for a sandbox: " + e, e);
        }
    }

    private static SandboxDirectory claim(Path wanted, Sandboxes.Keep keep) throws IOException, InterruptedException {
        Sandboxes sandboxes = Sandboxes.ofUser();
        sandboxes.cleanUp();
        Path path = Directories.privateDirectory(wanted);
        OwnerLock lock = take(path);
        try {
            lock.noteOwner();
            Orphans.endIn(path);
            Files.createDirectories(path.resolve("processes"));
            writeLauncher(path);
            SandboxDirectory claimed = new SandboxDirectory(path, lock, sandboxes.enter(path, keep), keep);
            Runtime.getRuntime().addShutdownHook(claimed.exitHook);
            return claimed;
        } catch (IOException | RuntimeException | InterruptedException e) {
            lock.close();
            throw e;
        }
    }

    private static OwnerLock take(Path path) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + OTHERS_CLEANING.toNanos();
        Optional<OwnerLock> lock = OwnerLock.tryTake(path);
        while (lock.isEmpty()) {
            // Another sandbox's start may hold the lock for a moment while it ends what was left here.
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the directory " + path + " is in use by " + OwnerLock.ownerOf(path)
                        + ": end that, or choose another directory");
            }
            TimeUnit.MILLISECONDS.sleep(100);
            lock = OwnerLock.tryTake(path);
        }
        return lock.get();
    }

    private static void writeLauncher(Path path) throws IOException {
        try (InputStream script = SandboxDirectory.class.getResourceAsStream(LAUNCHER)) {
            Files.copy(script, path.resolve(LAUNCHER), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    public Path path() {
        return path;
    }

    /** Whether {@link #close} deletes it. */
    public boolean isTemporary() {
        return keep == Sandboxes.Keep.UNTIL_CLOSED;
    }

    /**
     * Starts a child with this directory as its working directory and its output in {@code <name>.log}. When this returns,
     * the child is recorded: no death of ours can make it an orphan that nobody finds.
     */
    public ChildProcess start(Command command) throws InterruptedException {
        Path log = path.resolve(command.name() + ".log");
        Path recordFile = ChildRecord.fileFor(path, command.name());
        try {
            Files.deleteIfExists(recordFile);
            ChildProcess child = launchUnlessClosed(command, recordFile, log);
            child.awaitRecord();
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.name() + ": " + e.getMessage(), e);
        }
    }

    /** Never beside {@link #end}, which would not know of the child. */
    private synchronized ChildProcess launchUnlessClosed(Command command, Path recordFile, Path log)
            throws IOException {
        if (closed) {
            throw new IllegalStateException("cannot start " + command.name() + " in " + path + ", which is closed");
        }
        long logStart = Files.exists(log) ? Files.size(log) : 0;
        Process process = launch(command, recordFile, log);
        ProcessIdentity identity =
                ProcessIdentity.of(process.pid()).orElseGet(() -> new ProcessIdentity(process.pid(), "ended at once"));
        ChildProcess child =
                new ChildProcess(process, new ChildRecord(recordFile, identity, command.end()), command, log, logStart);
        children.removeIf(earlier -> !earlier.isAlive());
        children.add(child);
        return child;
    }

    private Process launch(Command command, Path recordFile, Path log) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "/bin/sh",
                path.resolve(LAUNCHER).toString(),
                recordFile.toString(),
                command.end().name()));
        words.addAll(command.words());
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(path.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
        command.withoutEnvironment().forEach(builder.environment()::remove);
        builder.environment().putAll(command.environment());
        return builder.start();
    }

    /**
     * Leaves the end at the JVM's exit to the program, which has a shutdown hook of its own that closes its parts in
     * order: hooks run at the same time, and this one would take the servers away from under the others.
     */
    public void endedByOwnHook() {
        Runtime.getRuntime().removeShutdownHook(exitHook);
    }

    /**
     * Ends the children that still run, in good order where they do so within 5 s; gives the directory free, and deletes it
     * if it is temporary.
     */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(exitHook);
        } catch (IllegalStateException alreadyGoingDown) {
            // Then the hook runs too; closing twice does no harm.
        }
        end();
    }

    private void closeAtExit() {
        end();
    }

    private synchronized void end() {
        closed = true;
        // Whoever closes while interrupted wants it closed all the same, and quickly.
        boolean interrupted = Thread.interrupted();
        try {
            if (!interrupted) {
                endInOrder();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        try {
            children.forEach(ChildProcess::kill);
            if (isTemporary()) {
                Directories.delete(path);
            }
            Files.deleteIfExists(entry);
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give up " + path, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** All at once, since each may take a second. */
    private void endInOrder() throws InterruptedException {
        for (ChildProcess child : children) {
            child.askToEnd();
        }
        long deadline = System.nanoTime() + GRACE.toNanos();
        for (ChildProcess child : children) {
            child.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }
}
