package dev.rowhouse.sandbox.postgres;

import dev.rowhouse.sandbox.process.UserId;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL runs: it refuses to run as root or as a user without a name, and wants to own its data directory.
 */
enum UnprivilegedUser {

    /** An ordinary user. */
    OURSELVES(List.of()),

    /** In a user namespace without a mapping our id, and that of our files' owner, show as nobody's. */
    NAMESPACE(List.of("unshare", "-U")),

    /**
     * Where a container forbids namespaces: as nobody, but able to reach its files below root's private folders. Nobody
     * must own the data then. Without the secure bit access(2), by which initdb looks for its programs, passes over the
     * capability. https://man7.org/linux/man-pages/man7/capabilities.7.html
     */
    NOBODY(List.of(
            "setpriv",
            "--securebits=+no_setuid_fixup",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override"));

    private static final int NOBODYS_ID = 65534;

    private final List<String> prefix;

    UnprivilegedUser(List<String> prefix) {
        this.prefix = prefix;
    }

    static UnprivilegedUser find() throws IOException, InterruptedException {
        boolean root = UserId.own() == UserId.ROOT;
        // What the JDK says where the user's number has no name, as in a container started under any number.
        boolean nameless = System.getProperty("user.name").equals("?");
        if (!root && !nameless) {
            return OURSELVES;
        }
        for (UnprivilegedUser way : root ? List.of(NAMESPACE, NOBODY) : List.of(NAMESPACE)) {
            if (way.works()) {
                return way;
            }
        }
        throw new IOException("PostgreSQL runs neither as root nor as a user without a name, and here unshare and"
                + " setpriv (of util-linux) cannot run it as somebody else: start as an ordinary user");
    }

    List<String> command(List<String> words) {
        return Stream.concat(prefix.stream(), words.stream()).toList();
    }

    /** Gives a file, or a directory with all in it, to this user. */
    void own(Path files) throws IOException {
        if (this != NOBODY) {
            return;
        }
        Files.walkFileTree(files, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.setAttribute(folder, "unix:uid", NOBODYS_ID);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.setAttribute(file, "unix:uid", NOBODYS_ID);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private boolean works() throws InterruptedException {
        try {
            return new ProcessBuilder(command(List.of("true")))
                            .redirectOutput(Redirect.DISCARD)
                            .redirectError(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
