package dev.rowhouse.sql.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeScriptTest {

    /** 36 MB were enough when it was measured; the text and a list of its statements alone would be 40. */
    @ParameterizedTest
    @ValueSource(strings = {"mysql", "postgres"})
    @Tag("slow")
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void readsTwentyMegabytesInLittleMoreMemory(String engine) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadLargeScript.class.getName(),
                        engine)
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(output).isZero();
            assertThat(output).contains("20 statements, the first of 1000011 characters");
        } finally {
            process.destroyForcibly();
        }
    }
}
