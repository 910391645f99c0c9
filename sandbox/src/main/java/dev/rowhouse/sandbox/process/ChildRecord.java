package dev.rowhouse.sandbox.process;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a directory holds about a child: {@code processes/<name>}, the lines {@code pid=}, {@code birth=}, {@code end=}.
 * On Linux the child writes it itself, in {@code record-and-run.sh}, before it becomes the program.
 */
record ChildRecord(Path file, ProcessIdentity identity, EndSignal end) {

    static Path fileFor(Path directory, String name) {
        return directory.resolve("processes").resolve(name);
    }

    /** Those that can be read; one that was cut off by a full disk names no process that could be ended safely. */
    static List<ChildRecord> in(Path directory) {
        Path records = directory.resolve("processes");
        if (!Files.isDirectory(records)) {
            return List.of();
        }
        List<ChildRecord> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(records)) {
            files.forEach(file -> read(file).ifPresent(found::add));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + records, e);
        }
        return found;
    }

    void write() throws IOException {
        Files.writeString(file, "pid=" + identity.pid() + "\nbirth=" + identity.birth() + "\nend=" + end.name() + "\n");
    }

    private static Optional<ChildRecord> read(Path file) {
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
            return Optional.of(new ChildRecord(
                    file,
                    new ProcessIdentity(Long.parseLong(values.getProperty("pid", "")), values.getProperty("birth", "")),
                    EndSignal.valueOf(values.getProperty("end", ""))));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
