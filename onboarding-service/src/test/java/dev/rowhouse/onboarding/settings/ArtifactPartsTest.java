package dev.rowhouse.onboarding.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class ArtifactPartsTest {

    private final String text = "é".repeat(ArtifactParts.SLICE);
    private final ArtifactParts parts = ArtifactParts.of(text);

    @Test
    void aTextComesBackWhole() {
        assertThat(ArtifactParts.join(parts.artifact().sha256(), values(parts))).isEqualTo(text);
    }

    @Test
    void copiesOfAnotherCompressorFitInBetween() throws IOException {
        List<byte[]> mixed = values(parts);
        mixed.set(1, recompressed(mixed.get(1)));

        assertThat(ArtifactParts.join(parts.artifact().sha256(), mixed)).isEqualTo(text);
    }

    @Test
    void noPartOutgrowsARecordEvenWhereNothingCompresses() {
        StringBuilder noise = new StringBuilder();
        new Random(7).ints(2 * ArtifactParts.SLICE, ' ', 0xd800).forEach(c -> noise.append((char) c));

        assertThat(values(ArtifactParts.of(noise.toString())))
                .allSatisfy(part -> assertThat(part.length).isLessThanOrEqualTo(512 * 1024));
    }

    @Test
    void aPartThatUnpacksWithoutEndIsRefused() throws IOException {
        assertThatThrownBy(() -> ArtifactParts.join("0", List.of(compressed(new byte[100_000_000]))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("more than");
    }

    private static List<byte[]> values(ArtifactParts parts) {
        return new ArrayList<>(
                parts.records().stream().map(ProducerRecord::value).toList());
    }

    private static byte[] recompressed(byte[] part) throws IOException {
        byte[] otherwise;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(part))) {
            otherwise = compressed(in.readAllBytes());
        }
        assertThat(otherwise).isNotEqualTo(part);
        return otherwise;
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new FastGzip(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
