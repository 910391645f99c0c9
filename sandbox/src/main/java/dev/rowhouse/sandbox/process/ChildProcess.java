package dev.rowhouse.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A running child of a {@link SandboxDirectory}. Thread-safe. */
public final class ChildProcess {

    private static final int QUOTED_LINES = 20;
    private static final Duration LOOK_EVERY = Duration.ofMillis(25);

    private final Process process;
    private final ChildRecord record;
    private final Command command;
    private final Path log;
    private final long logStart;

    ChildProcess(Process process, ChildRecord record, Command command, Path log, long logStart) {
        this.process = process;
        this.record = record;
        this.command = command;
        this.log = log;
        this.logStart = logStart;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** All output of this name's children, the earlier ones first. */
    public Path log() {
        return log;
    }

    /** What this child has written so far, without its predecessors' lines. */
    public String output() {
        try {
            byte[] all = Files.readAllBytes(log);
            int from = (int) Math.min(logStart, all.length);
            return new String(all, from, all.length - from, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    /**
     * Waits until {@code ready} answers true.
     *
     * @throws ChildFailedException when the child ends before that, or is not ready in time; it is dead then
     */
    public void awaitReady(BooleanSupplier ready, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!ready.getAsBoolean()) {
            if (process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                forget();
                throw failed("ended with exit code " + process.exitValue() + " while starting");
            }
            if (System.nanoTime() > deadline) {
                kill();
                throw failed("was not ready within " + atMost.toSeconds() + " s");
            }
        }
    }

    /**
     * Waits for the child to end by itself.
     *
     * @throws ChildFailedException when it ends with another exit code than 0, or is not done in time; it is dead then
     */
    public void awaitSuccess(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
            throw failed("was not done within " + atMost.toSeconds() + " s");
        }
        forget();
        if (process.exitValue() != 0) {
            throw failed("ended with exit code " + process.exitValue());
        }
    }

    /** Waits until the child has written its record, or has ended before that. */
    void awaitRecord() throws IOException, InterruptedException {
        if (Files.notExists(Path.of("/proc/self/stat"))) {
            record.write();
        }
        while (Files.notExists(record.file()) && !process.waitFor(2, TimeUnit.MILLISECONDS)) {
            // The script takes some milliseconds.
        }
    }

    /** Asks the child to end in good order; kills it if that takes longer than {@code grace}. Returns when it is dead. */
    public void stop(Duration grace) throws InterruptedException {
        askToEnd();
        awaitEnd(grace);
        kill();
    }

    /** {@code SIGKILL}; returns when it is dead. */
    public void kill() {
        process.destroyForcibly();
        // Not waitFor: nothing outlives SIGKILL for long, and a caller that is interrupted must still leave no child.
        process.onExit().join();
        forget();
    }

    /** {@code SIGSTOP}: alive, its sockets open, answering nothing. */
    public void suspend() throws InterruptedException {
        Signals.send("STOP", pid());
    }

    /** {@code SIGCONT}: undoes {@link #suspend}. */
    public void resume() throws InterruptedException {
        Signals.send("CONT", pid());
    }

    /** Sends its end signal and does not wait. */
    void askToEnd() throws InterruptedException {
        if (process.isAlive()) {
            Signals.send(command.end().name(), pid());
            // A suspended child takes its signal only once it goes on.
            Signals.send("CONT", pid());
        }
    }

    void awaitEnd(Duration atMost) throws InterruptedException {
        process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void forget() {
        try {
            Files.deleteIfExists(record.file());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + record.file(), e);
        }
    }

    private ChildFailedException failed(String what) {
        List<String> lines = output().lines().toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size());
        return new ChildFailedException(command.name() + " " + what + ". The end of " + log + ":\n"
                + (last.isEmpty() ? "(nothing)" : String.join("\n", last)));
    }
}
