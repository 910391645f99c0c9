package dev.rowhouse.sandbox.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the tests ask of a broker; topics have one partition. */
final class BrokerClient implements AutoCloseable {

    private final Map<String, Object> server;
    private final Admin admin;

    BrokerClient(KafkaBroker broker) {
        server = Map.of("bootstrap.servers", broker.bootstrapServers());
        admin = Admin.create(server);
    }

    void createTopic(String name) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }

    Set<String> topics() throws ExecutionException, InterruptedException {
        return admin.listTopics().names().get();
    }

    boolean answersWithinASecond() throws ExecutionException, InterruptedException {
        try {
            admin.describeCluster().nodes().get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException silent) {
            return false;
        }
    }

    void produce(String topic, String value) throws ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<>(server, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    void produceInTransaction(String topic, String value, String compression) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", server.get("bootstrap.servers"),
                "compression.type", compression,
                "transactional.id", UUID.randomUUID().toString());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, value));
            producer.commitTransaction();
        }
    }

    List<String> readAll(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(server, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, String> read : consumer.poll(Duration.ofMillis(200))) {
                    values.add(read.value());
                }
            }
        }
        return values;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
