package dev.rowhouse.onboarding.loop;

import dev.rowhouse.onboarding.intake.Inbox;
import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.TenantCreated;
import dev.rowhouse.schema.TenantStatusChanged;
import dev.rowhouse.schema.Topic;
import dev.rowhouse.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker's topics as the loop needs them, seen from outside: what goes in, and what a careful reader sees come out. */
public final class LoopTopics implements AutoCloseable {

    public static final int PARTITIONS = 4;

    private final String bootstrapServers;
    private final KafkaProducer<byte[], byte[]> producer;

    public LoopTopics(String bootstrapServers) throws InterruptedException, ExecutionException {
        this.bootstrapServers = bootstrapServers;
        try (Admin admin = Admin.create(common())) {
            List<NewTopic> topics = Stream.<Topic<?, ?>>of(
                            Topics.TENANT_CREATED,
                            Topics.DEAD_LETTERS,
                            Topics.TENANT_STATUS_CHANGED,
                            Topics.ONBOARDING_PROGRESS,
                            Inbox.TOPIC,
                            Journal.TOPIC)
                    .map(topic -> new NewTopic(topic.name(), PARTITIONS, (short) 1).configs(topic.config()))
                    .toList();
            admin.createTopics(topics).all().get();
        }
        this.producer = new KafkaProducer<>(common(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    public Map<String, Object> common() {
        return Map.of("bootstrap.servers", bootstrapServers);
    }

    public void send(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts an accepted event straight into the inbox. */
    public void accept(TenantCreated event) {
        String tenant = event.tenantId().value();
        send(new ProducerRecord<>(
                Inbox.TOPIC.name(),
                Topics.partitionOf(tenant, PARTITIONS),
                null,
                tenant.getBytes(StandardCharsets.UTF_8),
                Topics.TENANT_CREATED.value().serializer().serialize("", event),
                EventType.TENANT_CREATED.headers(tenant, "/test", event.tenantId(), Instant.EPOCH)));
    }

    /** Every transition committed so far, in each tenant's order. */
    public List<TenantStatusChanged> transitions() {
        return committed(Topics.TENANT_STATUS_CHANGED.name()).stream()
                .map(record ->
                        Topics.TENANT_STATUS_CHANGED.value().deserializer().deserialize(record.topic(), record.value()))
                .toList();
    }

    /** Everything a {@code read_committed} reader finds on a topic. */
    public List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found;
    }

    @Override
    public void close() {
        producer.close();
    }
}
