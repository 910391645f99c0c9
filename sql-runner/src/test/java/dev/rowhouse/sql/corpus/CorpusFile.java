package dev.rowhouse.sql.corpus;

import dev.rowhouse.sql.script.ScriptStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A script as somebody may bring it, {@code corpus/<engine>/<name>.sql}, and what is expected of it, {@code <name>.expected}
 * beside it. A script runs on an empty database, or makes its own, which is named in it.
 *
 * <p>The expectations are lines {@code key: value}, then a line for each statement as {@link #described} writes it:
 *
 * <pre>
 *   on: mysql mariadb                          the servers that it runs on; none where it is refused
 *   as: root                                   the user it needs, where corpus with all rights on databases does not do
 *   finds: 3 &lt;- SELECT count(*) FROM x.t        what is there once it has run; as often as wanted
 *   refused: 4 Line 4 holds the mysql command  the line, and how the message begins
 * </pre>
 *
 * @param name without the suffix
 * @param servers {@code postgres}, {@code mysql}, {@code mariadb}
 * @param user who runs it
 * @param finds query to the only value that it finds
 * @param statements as {@link #described}
 */
public record CorpusFile(
        String name,
        String text,
        List<String> servers,
        String user,
        Map<String, String> finds,
        Optional<Refusal> refusal,
        List<String> statements) {

    private static final int SHOWN_AT_EACH_END = 40;

    /** @param message how it begins */
    public record Refusal(int line, String message) {}

    /** @param engine {@code mysql} or {@code postgres} */
    public static List<CorpusFile> of(String engine) {
        try (Stream<Path> files = Files.list(
                Path.of(CorpusFile.class.getResource("/corpus/" + engine).toURI()))) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .map(CorpusFile::read)
                    .toList();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("No corpus of " + engine, e);
        }
    }

    private static CorpusFile read(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.sql$", "");
        try {
            String text = Files.readString(file);
            return expected(name, text, Files.readAllLines(file.resolveSibling(name + ".expected")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CorpusFile expected(String name, String text, List<String> lines) {
        List<String> servers = List.of();
        String user = "corpus";
        Map<String, String> finds = new LinkedHashMap<>();
        Optional<Refusal> refusal = Optional.empty();
        List<String> statements = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split(": ", 2);
            switch (parts[0]) {
                case "on" -> servers = Arrays.asList(parts[1].split(" "));
                case "as" -> user = parts[1];
                case "finds" -> finds.put(parts[1].split(" <- ", 2)[1], parts[1].split(" <- ", 2)[0]);
                case "refused" ->
                    refusal = Optional.of(
                            new Refusal(Integer.parseInt(parts[1].split(" ", 2)[0]), parts[1].split(" ", 2)[1]));
                default -> statements.add(line);
            }
        }
        return new CorpusFile(name, text, servers, user, finds, refusal, statements);
    }

    /** A line: where the statement starts, its kind, its text from both ends, and how many lines of data follow it. */
    public static String described(ScriptStatement statement) {
        String text = statement.text().replaceAll("\\s+", " ");
        String shown = text.length() <= 2 * SHOWN_AT_EACH_END + 3
                ? text
                : text.substring(0, SHOWN_AT_EACH_END) + " … " + text.substring(text.length() - SHOWN_AT_EACH_END);
        String data = statement
                .copyData()
                .map(rows -> " + " + rows.lines().count() + " lines")
                .orElse("");
        return statement.line() + " " + statement.kind() + " " + shown + data;
    }

    /** What a parameterised test shows. */
    @Override
    public String toString() {
        return name;
    }
}
