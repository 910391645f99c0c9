package dev.rowhouse.sql.script;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

public final class Sha256 {
    private static final int BYTES_AT_A_TIME = 8_192;

    private Sha256() {}

    /** Of the texts in UTF-8, one after the other; encodes piece by piece, since a script may be large. */
    public static String hex(String... texts) {
        MessageDigest digest = digest();
        ByteBuffer bytes = ByteBuffer.allocate(BYTES_AT_A_TIME);
        for (String text : texts) {
            CharsetEncoder encoder = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
            CharBuffer rest = CharBuffer.wrap(text);
            while (encoder.encode(rest, bytes, /* endOfInput= */ true).isOverflow()) {
                take(bytes, digest);
            }
            encoder.flush(bytes);
            take(bytes, digest);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void take(ByteBuffer bytes, MessageDigest digest) {
        digest.update(bytes.flip());
        bytes.clear();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
