package dev.rowhouse.onboarding.intake;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Where a piece of input first stood; travels in headers, so that a dead letter names it even from the inbox. */
record Origin(String topic, String partition, String offset) {

    private static final String TOPIC = "rowhouse-topic";
    private static final String PARTITION = "rowhouse-partition";
    private static final String OFFSET = "rowhouse-offset";

    /** Of a record from the inbox, the record it was made from; of any other, its own place. */
    static Origin of(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(Inbox.TOPIC.name()) && record.headers().lastHeader(TOPIC) != null) {
            Headers headers = record.headers();
            return new Origin(text(headers, TOPIC), text(headers, PARTITION), text(headers, OFFSET));
        }
        return new Origin(record.topic(), String.valueOf(record.partition()), String.valueOf(record.offset()));
    }

    void addTo(Headers headers) {
        put(headers, TOPIC, topic);
        put(headers, PARTITION, partition);
        put(headers, OFFSET, offset);
    }

    static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return topic + "/" + partition + "/" + offset;
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
