package dev.rowhouse.sandbox.postgres;

import dev.rowhouse.sandbox.process.ShortProgram;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs statements as the superuser in a data directory whose server is down: no network, no password. Ends with its
 * input, and so with the sandbox; it needs no record.
 */
final class SingleUserSession {

    private static final long LIMIT_SECONDS = 60;

    private SingleUserSession() {}

    /**
     * @param statements of one line each
     * @throws IOException when one fails, with what the server said; not with the statement, which may hold a secret
     */
    static void run(PostgresBinaries binaries, Path data, List<String> statements)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(data.getParent(), "single-user-", ".log");
        try {
            Process process = new ProcessBuilder(binaries.command(
                            "postgres",
                            "--single",
                            "-D",
                            data.toString(),
                            "-c",
                            "exit_on_error=on",
                            "-c",
                            "log_min_error_statement=panic",
                            "postgres"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try (Writer input = process.outputWriter(StandardCharsets.UTF_8)) {
                for (String statement : statements) {
                    input.write(statement + "\n");
                }
            } catch (IOException endedEarly) {
                // Its output says why.
            }
            try {
                process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            } finally {
                ShortProgram.end(process);
            }
            if (process.exitValue() != 0) {
                throw new IOException("PostgreSQL refused: " + complaintsIn(output));
            }
        } finally {
            Files.delete(output);
        }
    }

    private static String complaintsIn(Path output) throws IOException {
        List<String> lines = Files.readAllLines(output);
        List<String> complaints = lines.stream()
                .filter(line -> line.contains("ERROR:") || line.contains("FATAL:") || line.contains("PANIC:"))
                .toList();
        return String.join("; ", complaints.isEmpty() ? lines : complaints);
    }
}
