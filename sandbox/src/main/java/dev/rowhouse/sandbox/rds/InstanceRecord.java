package dev.rowhouse.sandbox.rds;

import dev.rowhouse.sandbox.process.Ports;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

/** Says on disk that an instance is complete, and where it listens: {@code <name>.instance}. Holds no secret. */
record InstanceRecord(String engine, String identifier, InetAddress address, int port) {

    /** Begins the names of all that is an instance's. */
    static final String PREFIX = "db-";

    private static final String SUFFIX = ".instance";

    /** The instance's name for files and for its process; RDS's identifiers know no case. */
    static String nameOf(String identifier) {
        return PREFIX + identifier.toLowerCase(Locale.ROOT);
    }

    String name() {
        return nameOf(identifier);
    }

    static List<InstanceRecord> in(Path directory) throws IOException {
        List<InstanceRecord> records = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            records.add(read(file));
        }
        return records;
    }

    private static InstanceRecord read(Path file) throws IOException {
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
            return new InstanceRecord(
                    values.getProperty("engine", ""),
                    values.getProperty("identifier", ""),
                    Ports.ipv4(values.getProperty("address", "")),
                    Integer.parseInt(values.getProperty("port", "")));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " does not describe an instance; delete it to lose that instance", e);
        }
    }

    void write(Path directory) throws IOException {
        Properties values = new Properties();
        values.setProperty("engine", engine);
        values.setProperty("identifier", identifier);
        values.setProperty("address", address.getHostAddress());
        values.setProperty("port", Integer.toString(port));
        Path unfinished = directory.resolve(name() + SUFFIX + ".new");
        try (Writer writer = Files.newBufferedWriter(unfinished)) {
            values.store(writer, null);
        }
        Files.move(unfinished, directory.resolve(name() + SUFFIX), StandardCopyOption.REPLACE_EXISTING);
    }

    static void delete(Path directory, String identifier) throws IOException {
        Files.deleteIfExists(directory.resolve(nameOf(identifier) + SUFFIX));
    }
}
