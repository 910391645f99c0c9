package dev.rowhouse.service.kafka;

/** A broker answered and refused us, or the settings for it cannot work: trying again ends the same way. */
public final class KafkaRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param cause Kafka's own, whose innermost message says what is wrong; Kafka hides secrets in it */
    KafkaRefusedException(String bootstrapServers, Throwable cause) {
        super(
                "Kafka at " + bootstrapServers + " cannot be used: " + innermost(cause)
                        + "; are rowhouse.kafka.* (security protocol, credentials, certificates) right, and may this"
                        + " user describe and create the topics?",
                cause);
    }

    private static String innermost(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
