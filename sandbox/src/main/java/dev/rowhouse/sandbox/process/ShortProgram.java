package dev.rowhouse.sandbox.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that ends by itself, such as one that makes a server's data. */
public final class ShortProgram {

    private static final Duration ORPHANS_END = Duration.ofSeconds(5);

    private ShortProgram() {}

    /**
     * Answers when it has ended well; neither it nor what it started writes after this has returned or thrown.
     *
     * @throws IOException when it ends otherwise; quotes its log
     */
    public static void run(List<String> words, Path input, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", words) + " failed: " + Files.readString(log));
            }
        } finally {
            end(process);
        }
    }

    /** Kills it, and what it started; returns when they are dead, also when interrupted. */
    public static void end(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly().onExit().join();
        children.forEach(ProcessHandle::destroyForcibly);
        // In a container whose first process takes in no orphans, a dead one shows for ever.
        children.forEach(child -> child.onExit()
                .completeOnTimeout(child, ORPHANS_END.toMillis(), TimeUnit.MILLISECONDS)
                .join());
    }
}
