package dev.rowhouse.service.kafka;

import java.time.Duration;

/** No broker answered in time. */
public final class KafkaUnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    KafkaUnreachableException(String bootstrapServers, Duration waited, Throwable cause) {
        super(
                "no broker answered at " + bootstrapServers + " within " + waited.toSeconds()
                        + " s; is it running, and are rowhouse.kafka.* (addresses, security) right?",
                cause);
    }
}
