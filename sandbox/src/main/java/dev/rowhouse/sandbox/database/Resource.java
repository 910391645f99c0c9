package dev.rowhouse.sandbox.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file on the class path.
 *
 * @param path absolute, such as {@code /postgres-linux-x86_64.txz}
 * @param complaint what to say where it is missing
 */
public record Resource(String path, String complaint) {

    /** @throws IOException with the complaint where it is missing */
    public InputStream open() throws IOException {
        InputStream in = Resource.class.getResourceAsStream(path);
        if (in == null) {
            throw new IOException(complaint);
        }
        return new BufferedInputStream(in);
    }

    /** 32 hexadecimal digits that change with the content. */
    public String digest() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(open(), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without SHA-256", e);
        }
    }
}
