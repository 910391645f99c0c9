package dev.rowhouse.quickstart;

import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.OnboardingStatus;
import dev.rowhouse.schema.TenantStatusChanged;
import dev.rowhouse.schema.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Topics as somebody outside sees them. */
record Topic(String bootstrapServers, String name) {

    static Set<String> names(String bootstrapServers) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return admin.listTopics().names().get();
        }
    }

    /** The statuses of a tenant that are committed, in the order of the topic. */
    static List<OnboardingStatus> statuses(String bootstrapServers, String tenant) {
        Topic topic = new Topic(bootstrapServers, Topics.TENANT_STATUS_CHANGED.name());
        return topic.read("read_committed").stream()
                .map(record ->
                        Topics.TENANT_STATUS_CHANGED.value().deserializer().deserialize(record.topic(), record.value()))
                .filter(event -> event.tenantId().value().equals(tenant))
                .map(TenantStatusChanged::tenantOnboardingStatus)
                .toList();
    }

    /** What kinds of events a topic carries. */
    static List<String> types(String bootstrapServers, String name) {
        return new Topic(bootstrapServers, name)
                .read("read_committed").stream()
                        .map(record -> EventType.typeOf(record.headers()))
                        .toList();
    }

    List<ConsumerRecord<byte[], byte[]>> read(String isolation) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", isolation);
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(info -> new TopicPartition(name, info.partition()))
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
}
