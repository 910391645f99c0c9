package dev.rowhouse.status.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamFaultTest {

    static Stream<Throwable> passing() {
        return Stream.of(
                new TimeoutException("no answer"),
                new StreamsException("task made no progress", new TimeoutException("no answer")),
                new StreamsException(new RuntimeException(new DisconnectException("gone"))));
    }

    static Stream<Throwable> lasting() {
        return Stream.of(
                new IllegalStateException("tenant acme"),
                new ProcessorStateException("no space left on device"),
                new MissingSourceTopicException("tenant-status-changed"),
                new StreamsException(new TopicAuthorizationException("tenant-status")),
                new StreamsException(new RecordTooLargeException("2 MB")),
                new OutOfMemoryError());
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatKafkaCallsRetriablePasses(Throwable fault) {
        assertThat(StreamFault.of(fault)).isEqualTo(StreamFault.PASSING);
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void everythingElseLasts(Throwable fault) {
        assertThat(StreamFault.of(fault)).isEqualTo(StreamFault.LASTING);
    }
}
