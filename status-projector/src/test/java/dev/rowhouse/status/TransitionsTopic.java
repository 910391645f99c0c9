package dev.rowhouse.status;

import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.OnboardingProgress;
import dev.rowhouse.schema.TenantStatusChanged;
import dev.rowhouse.schema.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes to {@code tenant-status-changed} as the onboarding service does: in transactions, to partitions given. */
final class TransitionsTopic implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;

    TransitionsTopic(String bootstrapServers) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", bootstrapServers);
        config.put("transactional.id", "transitions");
        producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    void write(TenantStatusChanged... transitions) {
        producer.beginTransaction();
        for (TenantStatusChanged transition : transitions) {
            producer.send(record(transition));
        }
        producer.commitTransaction();
    }

    /**
     * Outside a transaction, by a producer of its own: a transaction coordinator that has just come back from a kill may refuse
     * to commit a writer's transaction, which would be the writer's trouble and not the reader's.
     */
    static void writePlainly(String bootstrapServers, TenantStatusChanged transition)
            throws InterruptedException, ExecutionException {
        writePlainly(bootstrapServers, record(transition));
    }

    /** As the onboarding service does: outside of transactions, to the partition given. */
    static void writePlainly(String bootstrapServers, OnboardingProgress progress)
            throws InterruptedException, ExecutionException {
        String tenant = progress.tenantId().value();
        writePlainly(
                bootstrapServers,
                new ProducerRecord<>(
                        Topics.ONBOARDING_PROGRESS.name(),
                        partitionOf(tenant),
                        tenant,
                        Topics.ONBOARDING_PROGRESS.value().serializer().serialize("", progress)));
    }

    private static void writePlainly(String bootstrapServers, ProducerRecord<String, byte[]> record)
            throws InterruptedException, ExecutionException {
        try (KafkaProducer<String, byte[]> plain = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer())) {
            plain.send(record).get();
        }
    }

    void writeAndAbort(TenantStatusChanged transition) {
        producer.beginTransaction();
        producer.send(record(transition));
        producer.flush();
        producer.abortTransaction();
    }

    void writeBytes(String tenant, byte[] value) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(Topics.TENANT_STATUS_CHANGED.name(), partitionOf(tenant), tenant, value));
        producer.commitTransaction();
    }

    /** A tenant whose transitions go to the same partition as another's. */
    static String neighbourOf(String tenant) {
        return IntStream.range(0, 100)
                .mapToObj(i -> tenant + "-neighbour" + i)
                .filter(other -> partitionOf(other) == partitionOf(tenant))
                .findFirst()
                .orElseThrow();
    }

    private static int partitionOf(String tenant) {
        return Topics.partitionOf(tenant, RunningProjector.PARTITIONS);
    }

    private static ProducerRecord<String, byte[]> record(TenantStatusChanged transition) {
        String tenant = transition.tenantId().value();
        return new ProducerRecord<>(
                Topics.TENANT_STATUS_CHANGED.name(),
                partitionOf(tenant),
                null,
                tenant,
                Topics.TENANT_STATUS_CHANGED.value().serializer().serialize("", transition),
                EventType.TENANT_STATUS_CHANGED.headers(
                        tenant + "/" + transition.sequence(), "/test", transition.tenantId(), transition.occurredAt()));
    }

    @Override
    public void close() {
        producer.close();
    }
}
