package dev.rowhouse.sandbox.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.UUID;

/** DER between the lines {@code -----BEGIN <label>-----} and {@code -----END <label>-----}. */
final class PemFile {

    private PemFile() {}

    /**
     * Whole or not at all, also where the writer is killed.
     *
     * @param permissions such as {@code rw-------}; in force before the content is
     */
    static void write(Path file, String label, byte[] der, String permissions) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Path unfinished = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
        Files.createFile(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unfinished, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString(permissions));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static byte[] read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        StringBuilder body = new StringBuilder();
        text.lines().filter(line -> !line.startsWith("-----")).forEach(body::append);
        try {
            return Base64.getDecoder().decode(body.toString());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is no PEM file", e);
        }
    }
}
