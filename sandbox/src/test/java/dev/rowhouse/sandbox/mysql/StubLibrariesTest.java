package dev.rowhouse.sandbox.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checked-in libraries against the source beside them, and against the server that looks things up in them. */
class StubLibrariesTest {

    private static final Path SOURCE = Path.of("src/main/native");
    private static final Path BUILT = Path.of("src/main/resources/dev/rowhouse/sandbox/mysql/linux-amd64");
    private static final Pattern VERSION = Pattern.compile("(\\w[\\w.]*) \\{\\s*global:([^}]*?)(local:[^}]*)?\\}");

    @ParameterizedTest
    @ValueSource(strings = {"libaio", "libnuma"})
    void isBuiltFromTheSourceBesideIt(String library) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(Files.readAllBytes(SOURCE.resolve(library + ".c")));
        digest.update(Files.readAllBytes(SOURCE.resolve(library + ".map")));

        assertThat(new String(Files.readAllBytes(built(library)), StandardCharsets.ISO_8859_1))
                .as("run sh build.sh in " + SOURCE + " after each change to " + library)
                .contains(HexFormat.of().formatHex(digest.digest()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"libaio", "libnuma"})
    void exportsTheVersionsOfItsMap(String library) throws Exception {
        assertThat(DynamicSymbols.in(built(library)).exported()).isEqualTo(promised(library));
    }

    @ParameterizedTest
    @ValueSource(strings = {"libaio", "libnuma"})
    void exportsWhatItsSourceDefines(String library) throws Exception {
        String source = Files.readString(SOURCE.resolve(library + ".c"));
        Set<String> functions = Pattern.compile("(?m)^\\w[\\w ]*[ *](\\w+)\\([^)]*\\) \\{$")
                .matcher(source)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(promised(library))
                .extracting(name -> name.substring(0, name.indexOf('@')))
                .containsExactlyInAnyOrderElementsOf(functions);
    }

    @Test
    void exportAllThatTheServerLooksUp() throws Exception {
        assumeTrue(MySqlDistribution.runsHere(), "no build of MySQL for this machine");
        Set<String> lookedUp = DynamicSymbols.in(MySqlDistribution.unpacked().program()).lookedUp().stream()
                .filter(name -> name.contains("@LIBAIO_") || name.contains("@libnuma_"))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> exported = new TreeSet<>(promised("libaio"));
        exported.addAll(promised("libnuma"));
        assertThat(exported).isEqualTo(lookedUp);
    }

    private static Path built(String library) {
        return BUILT.resolve(library + ".so.1");
    }

    /** What the linker's version script names, each as {@code name@version}. */
    private static Set<String> promised(String library) throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher versions = VERSION.matcher(Files.readString(SOURCE.resolve(library + ".map")));
        while (versions.find()) {
            for (String name : versions.group(2).split("[;\\s]+")) {
                if (!name.isEmpty()) {
                    names.add(name + "@" + versions.group(1));
                }
            }
        }
        return names;
    }
}
