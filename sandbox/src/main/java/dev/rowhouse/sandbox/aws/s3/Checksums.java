package dev.rowhouse.sandbox.aws.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The checksums that clients send with an upload, as headers or after it. */
final class Checksums {
    private static final String PREFIX = "x-amz-checksum-";

    private static final Map<String, Function<byte[], byte[]>> ALGORITHMS = Map.of(
            "content-md5",
            content -> digest("MD5", content),
            PREFIX + "crc32",
            content -> crc(new CRC32(), content),
            PREFIX + "crc32c",
            content -> crc(new CRC32C(), content),
            PREFIX + "crc64nvme",
            Checksums::crc64,
            PREFIX + "sha1",
            content -> digest("SHA-1", content),
            PREFIX + "sha256",
            content -> digest("SHA-256", content));

    /** NVMe's polynomial, its bits reversed. */
    private static final long CRC64_POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

    private Checksums() {}

    /** @param header in small letters */
    static boolean knows(String header) {
        return ALGORITHMS.containsKey(header);
    }

    /**
     * Checks the content, if the header is a checksum.
     *
     * @throws S3Exception if the content is another
     */
    static void check(String header, String value, byte[] content) {
        String name = header.toLowerCase(Locale.ROOT);
        if (!knows(name)) {
            return;
        }
        String computed =
                Base64.getEncoder().encodeToString(ALGORITHMS.get(name).apply(content));
        if (!computed.equals(value.strip())) {
            throw new S3Exception(
                    400, "BadDigest", "The " + name + " you specified did not match the calculated checksum.");
        }
    }

    static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    private static byte[] crc(Checksum checksum, byte[] content) {
        checksum.update(content);
        return ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) checksum.getValue())
                .array();
    }

    private static byte[] crc64(byte[] content) {
        long crc = ~0L;
        for (byte next : content) {
            crc ^= next & 0xff;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ CRC64_POLYNOMIAL;
            }
        }
        return ByteBuffer.allocate(Long.BYTES).putLong(~crc).array();
    }
}
