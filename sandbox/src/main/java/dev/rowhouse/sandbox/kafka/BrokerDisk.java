package dev.rowhouse.sandbox.kafka;

import dev.rowhouse.sandbox.process.Directories;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** What a broker finds on its disk when it starts: its settings, its logging and formatted storage. */
final class BrokerDisk {

    private final Path directory;

    BrokerDisk(Path directory) {
        this.directory = directory;
    }

    Path data() {
        return directory.resolve("data");
    }

    Path logging() {
        return directory.resolve("logback.xml");
    }

    Path temporary() {
        return directory.resolve("tmp");
    }

    /** Answers the settings' file. Formats the storage if that was never done; what is stored stays. */
    Path prepare(Map<String, String> settings) throws IOException {
        Path file = directory.resolve("server.properties");
        Properties properties = new Properties();
        properties.putAll(settings);
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            properties.store(writer, "Written anew at each start");
        }
        try (InputStream logging = BrokerDisk.class.getResourceAsStream("broker-logback.xml")) {
            Files.copy(logging, logging(), StandardCopyOption.REPLACE_EXISTING);
        }
        Directories.delete(temporary());
        Files.createDirectory(temporary());
        // Formatting writes this file last; without it no broker has ever run here.
        if (Files.notExists(data().resolve("meta.properties"))) {
            Directories.delete(data());
            format(file);
        }
        return file;
    }

    private static void format(Path settings) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] arguments = {"format", "--cluster-id", Uuid.randomUuid().toString(), "--config", settings.toString()};
        int exitCode = StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
        if (exitCode != 0) {
            throw new IllegalStateException(
                    "cannot format Kafka's storage as " + settings + " asks: " + said.toString(StandardCharsets.UTF_8));
        }
    }
}
