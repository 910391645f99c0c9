package dev.rowhouse.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sandbox.kafka.KafkaBroker;
import dev.rowhouse.schema.Topics;
import dev.rowhouse.service.config.KafkaSettings;
import dev.rowhouse.service.config.TopicDefaults;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicSetupTest {

    private KafkaBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = KafkaBroker.startTemporary();
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    @Test
    void createsWhatIsMissingAndFindsItTheSecondTime() throws Exception {
        List<TopicPlan> plans =
                List.of(TopicPlan.own(Topics.TENANT_STATUS, 3), TopicPlan.shared(Topics.TENANT_CREATED, 3));

        assertThat(setup().ensure(plans)).isEqualTo(Map.of("tenant-status", 3, "tenant-created", 3));
        assertThat(setup().ensure(plans)).isEqualTo(Map.of("tenant-status", 3, "tenant-created", 3));
    }

    @Test
    void settingsThatCannotWorkAreRefusedWithTheirName() {
        KafkaSettings wrong = new KafkaSettings(broker.bootstrapServers(), Map.of("security.protocol", "SASL_SSLL"));

        assertThatThrownBy(() -> setup(wrong).ensure(List.of(TopicPlan.own(Topics.TENANT_STATUS, 3))))
                .isInstanceOf(KafkaRefusedException.class)
                .hasMessageContaining("security.protocol")
                .hasMessageContaining("SASL_SSLL");
    }

    @Test
    void aLoginThatIsMissingIsToldAsSuch() {
        KafkaSettings wrong = new KafkaSettings(
                broker.bootstrapServers(), Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN"));

        assertThatThrownBy(() -> setup(wrong).ensure(List.of(TopicPlan.own(Topics.TENANT_STATUS, 3))))
                .isInstanceOf(KafkaRefusedException.class)
                .hasMessageContaining("JAAS");
    }

    @Test
    void namesEachDifferenceOfTopicsThatCannotWork() throws Exception {
        create(new NewTopic("tenant-status", 2, (short) 1), new NewTopic("tenant-created", 2, (short) 1));
        List<TopicPlan> plans = List.of(
                TopicPlan.own(Topics.TENANT_STATUS, 3),
                TopicPlan.own(Topics.ONBOARDING_PROGRESS, 3),
                TopicPlan.shared(Topics.TENANT_CREATED, 3));

        assertThatThrownBy(() -> setup().ensure(plans))
                .isInstanceOf(UnusableTopicsException.class)
                .hasMessageContaining("tenant-status has 2 partitions, needed are 3")
                .hasMessageContaining("tenant-status has cleanup.policy=delete, needed is compact")
                .hasMessageNotContaining("tenant-created");
        // A topic made now would have the wrong count for good.
        assertThat(names()).doesNotContain("onboarding-progress");
    }

    @Test
    void refusesATopicThatForgetsWhatMustBeKept() throws Exception {
        create(new NewTopic("tenant-status-changed", 3, (short) 1)
                .configs(Map.of("retention.ms", "604800000", "retention.bytes", "1000000")));

        assertThatThrownBy(() -> setup().ensure(List.of(TopicPlan.own(Topics.TENANT_STATUS_CHANGED, 3))))
                .isInstanceOf(UnusableTopicsException.class)
                .hasMessageContaining("tenant-status-changed has retention.ms=604800000, needed is -1 (without limit)")
                .hasMessageContaining("tenant-status-changed has retention.bytes=1000000, needed is -1");
    }

    @Test
    void leavesToOthersHowLongTheirTopicsKeep() throws Exception {
        create(new NewTopic("tenant-status-changed", 3, (short) 1).configs(Map.of("retention.ms", "604800000")));

        assertThat(setup().ensure(List.of(TopicPlan.shared(Topics.TENANT_STATUS_CHANGED, 1))))
                .isEqualTo(Map.of("tenant-status-changed", 3));
    }

    @Test
    void severalInstancesMayStartAtOnce() throws Exception {
        List<TopicPlan> plans =
                List.of(TopicPlan.own(Topics.TENANT_STATUS, 3), TopicPlan.shared(Topics.TENANT_CREATED, 3));
        ExecutorService instances = Executors.newFixedThreadPool(4);
        try {
            Callable<Map<String, Integer>> ensure = () -> setup().ensure(plans);
            for (Future<Map<String, Integer>> start : instances.invokeAll(Collections.nCopies(4, ensure))) {
                assertThat(start.get()).hasSize(2);
            }
        } finally {
            instances.shutdownNow();
        }
    }

    @Test
    void waitsForABrokerThatIsNotThereYet() throws Exception {
        broker.kill();
        ExecutorService instance = Executors.newSingleThreadExecutor();
        try {
            Future<Map<String, Integer>> start = instance.submit(
                    () -> setup(Duration.ofSeconds(60)).ensure(List.of(TopicPlan.own(Topics.TENANT_STATUS, 3))));
            broker.restart();

            assertThat(start.get()).isEqualTo(Map.of("tenant-status", 3));
        } finally {
            instance.shutdownNow();
        }
    }

    @Test
    void saysWhichServersDidNotAnswer() throws Exception {
        broker.kill();

        assertThatThrownBy(() -> setup(Duration.ofSeconds(1)).ensure(List.of(TopicPlan.own(Topics.TENANT_STATUS, 3))))
                .isInstanceOf(KafkaUnreachableException.class)
                .hasMessageContaining(broker.bootstrapServers());
    }

    private Set<String> names() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.listTopics().names().get();
        }
    }

    private void create(NewTopic... topics) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(topics)).all().get();
        }
    }

    private TopicSetup setup(KafkaSettings kafka) {
        return new TopicSetup(kafka, new TopicDefaults(3, (short) 1), Duration.ofSeconds(20));
    }

    private TopicSetup setup() {
        return setup(Duration.ofSeconds(20));
    }

    private TopicSetup setup(Duration patience) {
        return new TopicSetup(KafkaSettings.at(broker.bootstrapServers()), new TopicDefaults(3, (short) 1), patience);
    }
}
