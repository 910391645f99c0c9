package dev.rowhouse.sandbox.aws.s3;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The body in which AWS's clients sign an upload piece by piece: {@code size;chunk-signature=…}, a line's end, the piece, and so on
 * until a size of zero; trailers follow.
 */
final class AwsChunked {
    private final byte[] body;
    private int at;

    private AwsChunked(byte[] body) {
        this.body = body;
    }

    /** @throws S3Exception if it is not in that form, or a trailer has the checksum of another content */
    static byte[] decode(byte[] body) {
        AwsChunked pieces = new AwsChunked(body);
        byte[] content = pieces.content();
        pieces.checkTrailers(content);
        return content;
    }

    private byte[] content() {
        ByteArrayOutputStream content = new ByteArrayOutputStream(body.length);
        for (int size = size(); size > 0; size = size()) {
            if (size > body.length - at) {
                throw broken();
            }
            content.write(body, at, size);
            at += size;
            if (!line().isEmpty()) {
                throw broken();
            }
        }
        return content.toByteArray();
    }

    private void checkTrailers(byte[] content) {
        while (at < body.length) {
            String trailer = line();
            int colon = trailer.indexOf(':');
            if (colon > 0) {
                Checksums.check(trailer.substring(0, colon), trailer.substring(colon + 1), content);
            }
        }
    }

    private int size() {
        String header = line();
        int semicolon = header.indexOf(';');
        try {
            return Integer.parseUnsignedInt(semicolon < 0 ? header : header.substring(0, semicolon), 16)
                    & Integer.MAX_VALUE;
        } catch (NumberFormatException e) {
            throw broken();
        }
    }

    private String line() {
        for (int end = at; end + 1 < body.length; end++) {
            if (body[end] == '\r' && body[end + 1] == '\n') {
                String line = new String(body, at, end - at, StandardCharsets.ISO_8859_1);
                at = end + 2;
                return line;
            }
        }
        throw broken();
    }

    private static S3Exception broken() {
        return new S3Exception(400, "IncompleteBody", "The request body terminated unexpectedly");
    }
}
