package dev.rowhouse.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

    static Stream<String> tenantIds() {
        Random random = new Random(20260131);
        return Stream.generate(() -> random.ints(1 + random.nextInt(64), 0, LETTERS.length())
                        .mapToObj(i -> LETTERS.substring(i, i + 1))
                        .reduce("", String::concat))
                .limit(200);
    }

    @ParameterizedTest
    @MethodSource("tenantIds")
    void choosesThePartitionThatKafkasProducerChooses(String tenantId) {
        byte[] key = tenantId.getBytes(StandardCharsets.UTF_8);

        for (int partitions : new int[] {1, 2, 3, 12, 50}) {
            assertThat(Topics.partitionOf(tenantId, partitions))
                    .isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "bolt"})
    void givesTheOnlyPartitionThereIs(String tenantId) {
        assertThat(Topics.partitionOf(tenantId, 1)).isZero();
    }
}
