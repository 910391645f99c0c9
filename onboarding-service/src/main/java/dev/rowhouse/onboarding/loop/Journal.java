package dev.rowhouse.onboarding.loop;

import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.schema.JsonSerde;
import dev.rowhouse.schema.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The private topic of onboarding states: the latest record of a tenant is its state. A state stands in the partition of the
 * same number as its input in the inbox, so that who owns the one owns the other.
 */
public final class Journal {

    /** Small segments, cleaned early: a new owner reads the partition whole before it acts. */
    public static final Topic<String, Onboarding> TOPIC = new Topic<>(
            "onboarding-journal",
            Serdes.String(),
            new JsonSerde<>(Onboarding.class),
            Map.of(
                    "cleanup.policy", "compact",
                    "segment.bytes", "67108864",
                    "segment.ms", "600000",
                    "min.cleanable.dirty.ratio", "0.1"));

    private Journal() {}

    static ProducerRecord<byte[], byte[]> record(int partition, Onboarding onboarding) {
        return new ProducerRecord<>(
                TOPIC.name(),
                partition,
                onboarding.tenant().id().value().getBytes(StandardCharsets.UTF_8),
                TOPIC.value().serializer().serialize(TOPIC.name(), onboarding));
    }

    static Onboarding read(ConsumerRecord<byte[], byte[]> record) {
        return TOPIC.value().deserializer().deserialize(TOPIC.name(), record.value());
    }
}
