package dev.rowhouse.sandbox.database;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;

/**
 * A folder of unpacked files within a jar on the class path.
 *
 * @param path absolute, such as {@code /org/example/linux/}
 * @param sample a file that is in it, by which the jar is found
 * @param complaint what to say where it is missing
 */
public record JarFolder(String path, String sample, String complaint) {

    /** Takes one file of the folder. */
    @FunctionalInterface
    public interface Taker {
        /** @param name relative to the folder */
        void take(String name, InputStream content) throws IOException;
    }

    /** Eight hexadecimal digits that change with the names and contents; quick, since the jar's own checksums are read. */
    public String digest() throws IOException {
        CRC32 digest = new CRC32();
        try (JarFile jar = open()) {
            for (JarEntry entry : files(jar)) {
                digest.update((entry.getName() + " " + entry.getCrc() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return String.format("%08x", digest.getValue());
    }

    public void each(Taker taker) throws IOException {
        try (JarFile jar = open()) {
            for (JarEntry entry : files(jar)) {
                try (InputStream content = jar.getInputStream(entry)) {
                    taker.take(entry.getName().substring(path.length() - 1), content);
                }
            }
        }
    }

    private List<JarEntry> files(JarFile jar) {
        return jar.stream()
                .filter(entry -> entry.getName().startsWith(path.substring(1)) && !entry.isDirectory())
                .toList();
    }

    private JarFile open() throws IOException {
        URL url = JarFolder.class.getResource(path + sample);
        if (url == null || !(url.openConnection() instanceof JarURLConnection jar)) {
            throw new IOException(complaint);
        }
        // One of our own, that nobody else closes.
        jar.setUseCaches(false);
        return jar.getJarFile();
    }
}
