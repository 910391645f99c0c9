package dev.rowhouse.sandbox.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The values of ITU-T X.690's distinguished encoding that a certificate is made of. */
final class Der {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SHORT_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Instant FIRST_LONG_TIME = Instant.parse("2050-01-01T00:00:00Z");

    private Der() {}

    static byte[] sequence(byte[]... elements) {
        return value(0x30, concatenated(elements));
    }

    static byte[] set(byte[]... elements) {
        return value(0x31, concatenated(elements));
    }

    static byte[] integer(BigInteger number) {
        return value(0x02, number.toByteArray());
    }

    static byte[] yes() {
        return value(0x01, new byte[] {(byte) 0xff});
    }

    static byte[] utf8(String text) {
        return value(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] octets(byte[] content) {
        return value(0x04, content);
    }

    /** @param unusedBits at the end of the last byte, 0 to 7 */
    static byte[] bits(int unusedBits, byte... content) {
        return value(0x03, concatenated(new byte[] {(byte) unusedBits}, content));
    }

    /** RFC 5280 wants two digits of the year up to 2049, and four from then on. */
    static byte[] time(Instant instant) {
        return instant.isBefore(FIRST_LONG_TIME)
                ? value(0x17, SHORT_TIME.format(instant).getBytes(StandardCharsets.US_ASCII))
                : value(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    /** @param dotted such as {@code 2.5.29.17} */
    static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.");
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            int arc = Integer.parseInt(arcs[i]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >>> shift != 0) {
                    content.write(0x80 | (arc >>> shift & 0x7f));
                }
            }
            content.write(arc & 0x7f);
        }
        return value(0x06, content.toByteArray());
    }

    /** A tagged value that holds whole values. */
    static byte[] explicit(int tag, byte[]... elements) {
        return value(0xa0 | tag, concatenated(elements));
    }

    /** A tagged value that stands for the bare content of one. */
    static byte[] implicit(int tag, byte[] content) {
        return value(0x80 | tag, content);
    }

    private static byte[] value(int identifier, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(identifier);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int from = length[0] == 0 ? 1 : 0;
            out.write(0x80 | (length.length - from));
            out.write(length, from, length.length - from);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
