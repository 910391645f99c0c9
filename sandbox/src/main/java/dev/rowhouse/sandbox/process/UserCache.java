package dev.rowhouse.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/** The user's own folder for what sandboxes share: unpacked programs, and the list of sandboxes there are. */
public final class UserCache {

    private UserCache() {}

    /**
     * {@code $XDG_CACHE_HOME/rowhouse}, else {@code ~/.cache/rowhouse}, else {@code rowhouse-<user>} among the temporary
     * files: the first that can be written. Nobody but the user may enter it.
     */
    public static Path directory() {
        List<String> refusals = new ArrayList<>();
        for (Path candidate : candidates()) {
            try {
                Files.createDirectories(candidate);
                Files.setPosixFilePermissions(candidate, PosixFilePermissions.fromString("rwx------"));
                Path probe = Files.createTempFile(candidate, "probe", "");
                UserPrincipal user = Files.getOwner(probe);
                Files.delete(probe);
                // Among the temporary files anybody can make a folder, or a link, at this guessable place.
                if (user.equals(Files.getOwner(candidate, LinkOption.NOFOLLOW_LINKS))
                        && Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS)) {
                    return candidate.toRealPath();
                }
                refusals.add(candidate + " is a link or another user's");
            } catch (IOException e) {
                refusals.add(e.toString());
            }
        }
        throw new UncheckedIOException(
                new IOException("no folder for the sandbox's files can be written; set XDG_CACHE_HOME. " + refusals));
    }

    private static List<Path> candidates() {
        List<Path> candidates = new ArrayList<>();
        String xdg = System.getenv("XDG_CACHE_HOME");
        // The specification asks to ignore a relative path.
        if (xdg != null && xdg.startsWith("/")) {
            candidates.add(Path.of(xdg, "rowhouse"));
        }
        Path home = Path.of(System.getProperty("user.home", ""));
        if (home.isAbsolute() && Files.isDirectory(home)) {
            candidates.add(home.resolve(".cache").resolve("rowhouse"));
        }
        candidates.add(Path.of(System.getProperty("java.io.tmpdir"), "rowhouse-" + System.getProperty("user.name")));
        return candidates;
    }
}
