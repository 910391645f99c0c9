package dev.rowhouse.onboarding.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.rowhouse.onboarding.loop.LoopTopics;
import dev.rowhouse.sandbox.kafka.KafkaBroker;
import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.OnboardingProgress;
import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class KafkaSqlProgressTest {

    private static final Duration PACE = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.parse("2026-01-31T09:30:00.123Z");

    private static KafkaBroker broker;
    private static LoopTopics topics;

    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.startTemporary();
        topics = new LoopTopics(broker.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        topics.close();
        broker.close();
    }

    @Test
    void writesWhatWasToldLastAtItsPace() throws Exception {
        try (KafkaSqlProgress progress = progress()) {
            AtomicInteger statement = new AtomicInteger();
            await().pollInterval(Duration.ofMillis(5)).until(() -> {
                progress.tell(new TenantId("acme"), 2, statement.incrementAndGet(), 200);
                progress.tell(new TenantId("bolt"), 1, 1, 1);
                return statement.get() == 200;
            });
        }
        List<ConsumerRecord<byte[], byte[]>> written = written("acme");

        assertThat(written).hasSizeGreaterThan(2);
        // The last one came with the end, ahead of its time.
        for (int i = 1; i < written.size() - 1; i++) {
            assertThat(written.get(i).timestamp() - written.get(i - 1).timestamp())
                    .isGreaterThanOrEqualTo(PACE.toMillis() - 10);
        }
        ConsumerRecord<byte[], byte[]> last = written.get(written.size() - 1);
        assertThat(EventType.ONBOARDING_PROGRESS.read(last.headers(), last.value()))
                .isEqualTo(new OnboardingProgress(new TenantId("acme"), 2, 200, 200, NOW));
        assertThat(last.partition()).isEqualTo(Topics.partitionOf("acme", LoopTopics.PARTITIONS));
        assertThat(written("bolt")).isNotEmpty();
    }

    @Test
    void anOutageCostsNobodyTimeIsToldOnceAndLosesNothingThatCounts() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(KafkaSqlProgress.class);
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        broker.kill();
        try (KafkaSqlProgress progress = progress()) {
            long before = System.nanoTime();
            for (int statement = 1; statement <= 1_000; statement++) {
                progress.tell(new TenantId("crow"), 1, statement, 1_000);
                progress.tell(new TenantId("dove"), 1, statement, 1_000);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
            await().atMost(PATIENCE).until(() -> log.list.size() == 1);
            await().during(Duration.ofSeconds(2)).until(() -> log.list.size() == 1);
            broker.restart();

            await().atMost(PATIENCE)
                    .until(() -> !written("crow").isEmpty() && !written("dove").isEmpty());
            assertThat(value(written("crow").get(0)).statement()).isEqualTo(1_000);
            assertThat(log.list).hasSize(1);
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
    }

    private static KafkaSqlProgress progress() {
        return new KafkaSqlProgress(topics.common(), LoopTopics.PARTITIONS, Clock.fixed(NOW, ZoneOffset.UTC), PACE);
    }

    private static List<ConsumerRecord<byte[], byte[]>> written(String tenant) {
        return topics.committed(Topics.ONBOARDING_PROGRESS.name()).stream()
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(tenant))
                .toList();
    }

    private static OnboardingProgress value(ConsumerRecord<byte[], byte[]> record) {
        return Topics.ONBOARDING_PROGRESS.value().deserializer().deserialize(record.topic(), record.value());
    }
}
