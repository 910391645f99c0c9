package dev.rowhouse.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShortProgramTest {

    private static final Path NOTHING = Path.of("/dev/null");

    @TempDir
    private Path temporary;

    @Test
    void endsWithWhoeverWaitsForIt() throws Exception {
        Path pid = temporary.resolve("pid");
        Thread waiting = new Thread(() -> {
            try {
                run("echo $$ > pid.new; mv pid.new " + pid + "; exec sleep 600");
            } catch (IOException | InterruptedException interrupted) {
                // As it is to be.
            }
        });
        waiting.start();
        await().until(() -> Files.exists(pid));

        waiting.interrupt();

        waiting.join();
        long number = Long.parseLong(Files.readString(pid).strip());
        assertThat(ProcessHandle.of(number)).isEqualTo(Optional.empty());
    }

    @Test
    void tellsWhatAProgramSaidThatFailed() {
        assertThatThrownBy(() -> run("echo no room; exit 3"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("failed: no room");
    }

    private void run(String script) throws IOException, InterruptedException {
        ShortProgram.run(List.of("sh", "-c", "cd '" + temporary + "'; " + script), NOTHING, temporary.resolve("log"));
    }
}
