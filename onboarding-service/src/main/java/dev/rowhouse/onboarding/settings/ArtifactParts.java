package dev.rowhouse.onboarding.settings;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The form of an artifact on its topic: compressed, in parts that fit a record, keyed {@code sha256/part}. */
final class ArtifactParts {

    /** The largest artifact, in bytes. */
    static final int MAX_SIZE = 20 * 1024 * 1024;

    private static final int PART = 512 * 1024;
    private static final String PARTS_HEADER = "parts";

    /** A record's key, read. */
    record Key(String sha256, int part) {
        static Key of(byte[] key) {
            String[] halves = new String(key, StandardCharsets.UTF_8).split("/", 2);
            return new Key(halves[0], Integer.parseInt(halves[1]));
        }
    }

    private ArtifactParts() {}

    static Settings.Artifact describe(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Settings.Artifact(sha256(bytes), bytes.length);
    }

    static List<ProducerRecord<byte[], byte[]>> records(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String sha256 = sha256(bytes);
        byte[] compressed = compress(bytes);
        int parts = (compressed.length + PART - 1) / PART;
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int from = part * PART;
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    SettingsTopics.ARTIFACTS.name(),
                    0,
                    (sha256 + "/" + part).getBytes(StandardCharsets.UTF_8),
                    Arrays.copyOfRange(compressed, from, Math.min(from + PART, compressed.length)));
            record.headers().add(PARTS_HEADER, String.valueOf(parts).getBytes(StandardCharsets.UTF_8));
            records.add(record);
        }
        return records;
    }

    static int partsOf(Headers headers) {
        Header header = headers.lastHeader(PARTS_HEADER);
        if (header == null) {
            throw new IllegalArgumentException("an artifact's part without the header " + PARTS_HEADER);
        }
        return Integer.parseInt(new String(header.value(), StandardCharsets.UTF_8));
    }

    /** @throws IllegalStateException when the parts do not make up what the name says */
    static String join(String sha256, List<byte[]> parts) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        parts.forEach(compressed::writeBytes);
        byte[] bytes = decompress(sha256, compressed.toByteArray());
        String actual = sha256(bytes);
        if (!actual.equals(sha256)) {
            throw new IllegalStateException("artifact " + sha256 + " on " + SettingsTopics.ARTIFACTS.name()
                    + " was altered: its content's hash is " + actual + "; register it again");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] compress(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] decompress(String sha256, byte[] compressed) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return gzip.readNBytes(MAX_SIZE + 1);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "artifact " + sha256 + " on " + SettingsTopics.ARTIFACTS.name()
                            + " cannot be decompressed; register it again",
                    e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
