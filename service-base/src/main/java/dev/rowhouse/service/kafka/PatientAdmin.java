package dev.rowhouse.service.kafka;

import dev.rowhouse.service.config.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the brokers and, where none answers, asks again until a deadline. For one thread. */
final class PatientAdmin implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PatientAdmin.class);

    private final KafkaSettings kafka;
    private final Duration patience;
    private final long deadline;
    private final Admin admin;

    PatientAdmin(KafkaSettings kafka, Duration patience) {
        this.kafka = kafka;
        this.patience = patience;
        this.deadline = System.nanoTime() + patience.toNanos();
        this.admin = open(kafka);
    }

    private static Admin open(KafkaSettings kafka) {
        try {
            return Admin.create(properties(kafka));
        } catch (KafkaException e) {
            throw new KafkaRefusedException(kafka.bootstrapServers(), e);
        }
    }

    private static Map<String, Object> properties(KafkaSettings kafka) {
        Map<String, Object> properties = kafka.clientProperties("rowhouse-topic-setup");
        // Each try is short: we keep trying, and say so in the log, until the patience is at its end.
        properties.put("default.api.timeout.ms", "5000");
        properties.put("request.timeout.ms", "4000");
        return properties;
    }

    /**
     * The answer to one question.
     *
     * @throws KafkaUnreachableException when the deadline passes without one
     * @throws KafkaException what a broker refused it with
     */
    <T> T ask(Function<Admin, KafkaFuture<T>> question) throws InterruptedException {
        while (true) {
            try {
                return question.apply(admin).get();
            } catch (ExecutionException e) {
                KafkaException refused = asKafka(e.getCause());
                if (!isPassing(refused)) {
                    throw refused;
                }
                if (isOver()) {
                    throw new KafkaUnreachableException(kafka.bootstrapServers(), patience, refused);
                }
                LOG.warn("no answer from {}: {}; trying again", kafka.bootstrapServers(), refused.getMessage());
                pause();
            }
        }
    }

    private static KafkaException asKafka(Throwable cause) {
        return cause instanceof KafkaException kafka ? kafka : new KafkaException(cause);
    }

    /** Kafka counts an unknown topic among what passes; here it is an answer. */
    private static boolean isPassing(KafkaException refused) {
        return refused instanceof RetriableException && !(refused instanceof UnknownTopicOrPartitionException);
    }

    boolean isOver() {
        return System.nanoTime() - deadline >= 0;
    }

    void pause() throws InterruptedException {
        Thread.sleep(200);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
