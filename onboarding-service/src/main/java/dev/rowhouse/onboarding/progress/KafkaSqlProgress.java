package dev.rowhouse.onboarding.progress;

import dev.rowhouse.onboarding.EventSource;
import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.OnboardingProgress;
import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@code onboarding-progress}: in rounds, a second apart and on a thread of their own, what was told last of each
 * tenant. So whoever tells never waits, however Kafka is.
 *
 * <p>Outside of transactions: in the loop's, progress would become visible only with the next status, and its trouble would
 * be theirs.
 *
 * <p>A partition without a leader holds up the others' progress as well, by at most three seconds a round, after which its own
 * waits for the next one.
 */
public final class KafkaSqlProgress implements SqlProgress, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSqlProgress.class);
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(1);

    /** Tenants whose progress waits to be written; more come together only where Kafka is away for long. */
    private static final int MOST = 10_000;

    private final Map<TenantId, OnboardingProgress> told = new ConcurrentHashMap<>();
    private final Producer<byte[], byte[]> producer;
    private final int partitions;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor timer;

    /** For the timer's thread alone. */
    private boolean failing;

    /**
     * @param common connection settings
     * @param partitions of the topic
     */
    public KafkaSqlProgress(Map<String, Object> common, int partitions, Clock clock) {
        this(common, partitions, clock, PACE);
    }

    KafkaSqlProgress(Map<String, Object> common, int partitions, Clock clock, Duration pace) {
        this.producer = producer(common);
        this.partitions = partitions;
        this.clock = clock;
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "sql-progress");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::write, pace.toMillis(), pace.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Without idempotence no error is the producer's last, and a record written twice says nothing new. */
    private static Producer<byte[], byte[]> producer(Map<String, Object> common) {
        Map<String, Object> config = new HashMap<>(common);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 500);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 3_000);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 8 * 1024 * 1024);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void tell(TenantId tenant, int attempt, int statement, int statements) {
        if (told.size() < MOST || told.containsKey(tenant)) {
            told.put(
                    tenant,
                    new OnboardingProgress(
                            tenant,
                            attempt,
                            statement,
                            statements,
                            clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        }
    }

    /** Never throws: the timer would take that for the last time. */
    private void write() {
        try {
            round();
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** Ends once every record is written or given up, so that none overtakes a later one of its tenant. */
    private void round() throws InterruptedException {
        Map<OnboardingProgress, Future<RecordMetadata>> sent = new HashMap<>();
        for (TenantId tenant : told.keySet()) {
            OnboardingProgress progress = told.remove(tenant);
            Future<RecordMetadata> answer = producer.send(record(progress));
            sent.put(progress, answer);
            if (hasFailed(answer)) {
                // Given up before it left: no broker is known, and each further one would be waited for as long.
                break;
            }
        }
        Throwable failure = null;
        for (Map.Entry<OnboardingProgress, Future<RecordMetadata>> each : sent.entrySet()) {
            try {
                each.getValue().get();
            } catch (ExecutionException e) {
                failure = e.getCause();
                told.putIfAbsent(each.getKey().tenantId(), each.getKey());
            }
        }
        if (failure != null) {
            failed(failure);
        } else if (!sent.isEmpty()) {
            failing = false;
        }
    }

    private static boolean hasFailed(Future<RecordMetadata> answer) throws InterruptedException {
        try {
            if (answer.isDone()) {
                answer.get();
            }
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }

    private ProducerRecord<byte[], byte[]> record(OnboardingProgress progress) {
        String tenant = progress.tenantId().value();
        String id = tenant + "/" + progress.attempt() + "/" + progress.statement();
        return new ProducerRecord<>(
                Topics.ONBOARDING_PROGRESS.name(),
                Topics.partitionOf(tenant, partitions),
                null,
                tenant.getBytes(StandardCharsets.UTF_8),
                Topics.ONBOARDING_PROGRESS.value().serializer().serialize(Topics.ONBOARDING_PROGRESS.name(), progress),
                EventType.ONBOARDING_PROGRESS.headers(id, EventSource.URI, progress.tenantId(), progress.occurredAt()));
    }

    /** Told once, until a whole round succeeds: nothing but what people see depends on it. */
    private void failed(Throwable e) {
        if (!failing) {
            failing = true;
            LOG.info("the progress of scripts cannot be written for now; onboardings go on: {}", e.getMessage());
        }
    }

    /** Writes what was told last, ahead of its time: nobody will tell it again. */
    @Override
    public void close() {
        timer.execute(this::write);
        timer.shutdown();
        try {
            timer.awaitTermination(CLOSES_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
        producer.close(CLOSES_WITHIN);
    }
}
