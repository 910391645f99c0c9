package dev.rowhouse.onboarding.loop;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits a turn in one transaction. For the loop's thread alone. */
final class LoopProducer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoopProducer.class);

    private final Producer<byte[], byte[]> producer;

    /** The transaction did not take place; the same work may be committed in a later one. */
    static final class AbortedException extends Exception {
        private static final long serialVersionUID = 1;

        AbortedException(KafkaException cause) {
            super(cause);
        }
    }

    LoopProducer(Producer<byte[], byte[]> producer) {
        this.producer = producer;
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            // Nobody holds this object yet who could close it, and the next session makes a producer of its own.
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    int partitionsOf(String topic) {
        return producer.partitionsFor(topic).size();
    }

    /**
     * Writes records and offsets, all or nothing.
     *
     * @throws AbortedException when nothing was written
     * @throws KafkaException when it is not known whether anything was written, or the producer is beyond repair: then this
     *     producer and all states built on it must be given up
     */
    void commit(
            List<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group)
            throws AbortedException {
        producer.beginTransaction();
        try {
            // A send that fails is told by commitTransaction.
            records.forEach(producer::send);
            producer.sendOffsetsToTransaction(offsets, group);
            commit();
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            // The producer itself knows which errors it can recover from: aborting fails exactly for the others.
            producer.abortTransaction();
            throw new AbortedException(e);
        }
    }

    /** After a timeout the outcome is open, and the broker answers only a repetition of the same request. */
    private void commit() {
        while (true) {
            try {
                producer.commitTransaction();
                return;
            } catch (TimeoutException e) {
                LOG.warn("the commit was not answered in time, repeating it: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        // What is still open was not committed and is aborted by the broker; waiting for it would hold the next owner
        // up.
        producer.close(Duration.ofSeconds(2));
    }
}
