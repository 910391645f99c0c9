package dev.rowhouse.onboarding.intake;

import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.Topics;
import dev.rowhouse.schema.UnreadableEventException;
import dev.rowhouse.service.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The intake from joining the group to its first error. For the intake's thread alone. */
final class IntakeSession implements Session {

    private static final Logger LOG = LoggerFactory.getLogger(IntakeSession.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final int inboxPartitions;

    IntakeSession(IntakeClients clients) {
        this.producer = clients.producer();
        this.consumer = clients.consumer();
        try {
            this.inboxPartitions = producer.partitionsFor(Inbox.TOPIC.name()).size();
            consumer.subscribe(List.of(Topics.TENANT_CREATED.name()));
        } catch (RuntimeException e) {
            // Nobody holds this object yet who could close it.
            close();
            throw e;
        }
    }

    /** Carries what has come; the offsets are committed once every record written is acknowledged. */
    @Override
    public boolean turn() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (!records.isEmpty()) {
            carry(records);
        }
        return true;
    }

    /** Ready as a member of the group; whether any input is its share is another matter. */
    @Override
    public Optional<List<String>> notReady() {
        return consumer.groupMetadata().generationId() >= 0 ? Optional.of(List.of()) : Optional.empty();
    }

    private void carry(ConsumerRecords<byte[], byte[]> records) {
        List<Future<RecordMetadata>> writes = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            writes.add(producer.send(carry(record)));
        }
        writes.forEach(IntakeSession::acknowledged);
        try {
            consumer.commitSync();
        } catch (RebalanceInProgressException e) {
            // The offsets go with the next commit; a new owner that does not see them carries these records once more.
            LOG.debug("commit put off by a rebalance");
        }
    }

    private ProducerRecord<byte[], byte[]> carry(ConsumerRecord<byte[], byte[]> record) {
        try {
            var event = EventType.TENANT_CREATED.read(record.headers(), record.value());
            return Inbox.record(event.createdAtOr(Instant.ofEpochMilli(record.timestamp())), record, inboxPartitions);
        } catch (UnreadableEventException e) {
            LOG.atWarn()
                    .addKeyValue("origin", Origin.of(record))
                    .log("turned away as a dead letter, {}: {}", e.code(), e.getMessage());
            return new DeadLetter(record, e.code(), e.getMessage()).toRecord();
        }
    }

    private static void acknowledged(Future<RecordMetadata> write) {
        try {
            write.get();
        } catch (ExecutionException e) {
            throw new KafkaException("a record was not acknowledged", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        try {
            producer.close(Duration.ofSeconds(2));
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
        }
    }
}
