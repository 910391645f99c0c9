package dev.rowhouse.onboarding.settings;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The form of an artifact on its topic: slices that fit a record, each compressed by itself, keyed {@code sha256/part}.
 *
 * <p>The text is cut before it is compressed. Two Java versions compress differently; were the compressed bytes cut, parts
 * written by one and by the other would not fit together when the same text is registered again.
 */
final class ArtifactParts {

    /** The largest artifact, in bytes. */
    static final int MAX_SIZE = 20 * 1024 * 1024;

    /** In bytes; leaves room, in 512 KB, for what compression adds to bytes that do not compress. */
    static final int SLICE = 500 * 1024;

    private static final int MAX_PARTS = MAX_SIZE / SLICE + 1;
    private static final String PARTS_HEADER = "parts";

    /** A record's key, read. */
    record Key(String sha256, int part) {

        static Key of(byte[] key) {
            String[] halves = new String(key, StandardCharsets.UTF_8).split("/", 2);
            return new Key(halves[0], Integer.parseInt(halves[1]));
        }

        byte[] bytes() {
            return (sha256 + "/" + part).getBytes(StandardCharsets.UTF_8);
        }
    }

    private final byte[] bytes;
    private final Settings.Artifact artifact;

    private ArtifactParts(byte[] bytes) {
        this.bytes = bytes;
        this.artifact = new Settings.Artifact(sha256(bytes), bytes.length);
    }

    static ArtifactParts of(String text) {
        return new ArtifactParts(text.getBytes(StandardCharsets.UTF_8));
    }

    Settings.Artifact artifact() {
        return artifact;
    }

    /** At least one: an empty text has an empty part. */
    List<ProducerRecord<byte[], byte[]>> records() {
        int parts = Math.max(1, (bytes.length + SLICE - 1) / SLICE);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int from = part * SLICE;
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    SettingsTopics.ARTIFACTS.name(),
                    0,
                    new Key(artifact.sha256(), part).bytes(),
                    compress(from, Math.min(SLICE, bytes.length - from)));
            record.headers().add(PARTS_HEADER, String.valueOf(parts).getBytes(StandardCharsets.UTF_8));
            records.add(record);
        }
        return records;
    }

    /** How many parts the artifact has that a record is one of. */
    static int partsOf(Headers headers) {
        Header header = headers.lastHeader(PARTS_HEADER);
        if (header == null) {
            throw new IllegalArgumentException("an artifact's part without the header " + PARTS_HEADER);
        }
        int parts = Integer.parseInt(new String(header.value(), StandardCharsets.UTF_8));
        if (parts < 1 || parts > MAX_PARTS) {
            throw new IllegalArgumentException("an artifact of " + parts + " parts; " + MAX_PARTS + " are the most");
        }
        return parts;
    }

    /** @throws IllegalStateException when the parts do not make up what the name says */
    static String join(String sha256, List<byte[]> parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        parts.forEach(part -> joined.writeBytes(decompress(sha256, part)));
        byte[] bytes = joined.toByteArray();
        String actual = sha256(bytes);
        if (!actual.equals(sha256)) {
            throw altered(sha256, "its content's hash is " + actual, null);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private byte[] compress(int from, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes, from, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] decompress(String sha256, byte[] part) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(part))) {
            byte[] slice = gzip.readNBytes(SLICE + 1);
            if (slice.length > SLICE) {
                throw altered(sha256, "a part holds more than " + SLICE + " bytes", null);
            }
            return slice;
        } catch (IOException e) {
            throw altered(sha256, "a part cannot be decompressed", e);
        }
    }

    private static IllegalStateException altered(String sha256, String how, Throwable cause) {
        return new IllegalStateException(
                "artifact " + sha256 + " on " + SettingsTopics.ARTIFACTS.name() + " was altered: " + how
                        + "; register it again",
                cause);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
