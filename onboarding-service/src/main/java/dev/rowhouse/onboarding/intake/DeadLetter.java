package dev.rowhouse.onboarding.intake;

import dev.rowhouse.schema.Topics;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Input that is turned away: key and value as they came, and in headers why ({@code rowhouse-reason},
 * {@code rowhouse-message}) and from where ({@code rowhouse-topic}, {@code rowhouse-partition}, {@code rowhouse-offset}).
 *
 * @param record the input
 * @param reason a word for programs, for example {@code invalid_json}
 * @param message a sentence for people
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record, String reason, String message) {

    /** The most a dead letter carries of a key, of a value and of the headers, in bytes each. */
    static final int MAX_BYTES = 64 * 1024;

    /** What is written; {@code rowhouse-truncated} tells the full size of a value that was cut. */
    public ProducerRecord<byte[], byte[]> toRecord() {
        Headers headers = new RecordHeaders();
        int size = 0;
        for (Header header : record.headers()) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
            if (size <= MAX_BYTES) {
                headers.add(header);
            }
        }
        Origin.of(record).addTo(headers);
        Origin.put(headers, "rowhouse-reason", reason);
        Origin.put(headers, "rowhouse-message", message);
        if (record.value() != null && record.value().length > MAX_BYTES) {
            Origin.put(headers, "rowhouse-truncated", String.valueOf(record.value().length));
        }
        return new ProducerRecord<>(
                Topics.DEAD_LETTERS.name(), null, null, cut(record.key()), cut(record.value()), headers);
    }

    private static byte[] cut(byte[] bytes) {
        return bytes == null || bytes.length <= MAX_BYTES ? bytes : Arrays.copyOf(bytes, MAX_BYTES);
    }
}
