package dev.rowhouse.sandbox.process;

import java.io.IOException;
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
     * {@code $XDG_CACHE_HOME/rowhouse}, else {@code ~/.cache/rowhouse}, else {@code rowhouse-<user id>} among the
     * temporary files: the first that can be written. Nobody but the user may enter it.
     */
    public static Path directory() throws IOException {
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
        throw new IOException("no folder for the sandbox's files can be written; set XDG_CACHE_HOME. " + refusals);
    }

    private static List<Path> candidates() throws IOException {
        List<Path> candidates = new ArrayList<>();
        String xdg = environment("XDG_CACHE_HOME");
        // The specification asks to ignore a relative path.
        if (xdg.startsWith("/")) {
            candidates.add(Path.of(xdg, "rowhouse"));
        }
        // The user's home as the system knows it, else (a container's user without a name has none) as told.
        for (String home : List.of(System.getProperty("user.home", ""), environment("HOME"))) {
            if (home.startsWith("/") && Files.isDirectory(Path.of(home))) {
                candidates.add(Path.of(home, ".cache", "rowhouse"));
            }
        }
        candidates.add(Path.of(System.getProperty("java.io.tmpdir"), "rowhouse-" + UserId.own()));
        return candidates;
    }

    private static String environment(String name) {
        return System.getenv().getOrDefault(name, "");
    }
}
