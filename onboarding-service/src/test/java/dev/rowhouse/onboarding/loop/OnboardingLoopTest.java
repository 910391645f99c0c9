package dev.rowhouse.onboarding.loop;

import static dev.rowhouse.schema.OnboardingStatus.ALL_COMPLETED;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_COMPLETED;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_DB_READY;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_IN_PROGRESS;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_DB_IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.rowhouse.onboarding.lifecycle.Fact;
import dev.rowhouse.onboarding.lifecycle.Step;
import dev.rowhouse.sandbox.kafka.KafkaBroker;
import dev.rowhouse.schema.OnboardingStatus;
import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantCreated;
import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.TenantStatusChanged;
import dev.rowhouse.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnboardingLoopTest {

    private static final OnboardingStatus[] WHOLE_STORY = {
        SETUP_CFN_IN_PROGRESS, SETUP_CFN_DB_READY, SETUP_CFN_COMPLETED, SETUP_DB_IN_PROGRESS, ALL_COMPLETED
    };
    private static final Set<Step> NONE = EnumSet.noneOf(Step.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private KafkaBroker broker;
    private LoopTopics topics;

    @BeforeEach
    void start() throws Exception {
        broker = KafkaBroker.startTemporary();
        topics = new LoopTopics(broker.bootstrapServers());
    }

    @AfterEach
    void stop() throws Exception {
        topics.close();
        broker.close();
    }

    @Test
    void bringsATenantThroughEveryStatusOnce() {
        topics.accept(tenant("acme", "crm"));
        try (ScriptedSteps steps = new ScriptedSteps(NONE);
                OnboardingLoop loop = loop(steps)) {
            loop.start();
            awaitCompleted(1);
        }
        assertThat(storyOf("acme")).containsExactly(WHOLE_STORY);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void anotherOwnerFinishesWhatTheFirstBegan(Step held) {
        topics.accept(tenant("acme", "crm"));
        try (ScriptedSteps steps = new ScriptedSteps(EnumSet.of(held));
                OnboardingLoop loop = loop(steps)) {
            loop.start();
            await().atMost(PATIENCE)
                    .until(() -> steps.started().stream()
                            .anyMatch(started -> started.onboarding().stepRun().step() == held));
        }
        try (ScriptedSteps steps = new ScriptedSteps(NONE);
                OnboardingLoop loop = loop(steps)) {
            loop.start();
            awaitCompleted(1);
            assertThat(steps.started().get(0).onboarding().stepRun().step()).isEqualTo(held);
        }
        assertThat(storyOf("acme")).containsExactly(WHOLE_STORY);
    }

    @Test
    void whatAStepTellsAfterItsOwnerLeftIsIgnored() {
        topics.accept(tenant("acme", "crm"));
        ScriptedSteps.Started late;
        try (ScriptedSteps steps = new ScriptedSteps(EnumSet.of(Step.WATCH_STACK))) {
            try (OnboardingLoop loop = loop(steps)) {
                loop.start();
                await().atMost(PATIENCE).until(() -> steps.started().size() == 3);
                late = steps.started().get(2);
            }
            late.reporter().report(new Fact.StackCompleted());
            assertThat(late.reporter().wanted()).isFalse();
        }
        assertThat(storyOf("acme")).containsExactly(SETUP_CFN_IN_PROGRESS);
    }

    @Test
    void instancesThatComeAndGoShareTheTenantsAndRepeatNoStatus() {
        int tenants = 300;
        for (int i = 0; i < tenants; i++) {
            topics.accept(tenant("t" + i, "crm"));
        }
        try (ScriptedSteps steps = new ScriptedSteps(NONE);
                OnboardingLoop second = loop(steps)) {
            try (OnboardingLoop first = loop(steps)) {
                first.start();
                await().atMost(PATIENCE).until(() -> !topics.transitions().isEmpty());
                second.start();
            }
            awaitCompleted(tenants);
        }
        assertEveryStoryIsWhole(tenants);
    }

    @Test
    void aBrokerThatIsKilledAndComesBackLosesAndRepeatsNothing() throws Exception {
        int tenants = 200;
        try (ScriptedSteps steps = new ScriptedSteps(NONE);
                OnboardingLoop loop = loop(steps)) {
            loop.start();
            for (int i = 0; i < tenants / 2; i++) {
                topics.accept(tenant("t" + i, "crm"));
            }
            broker.kill();
            broker.restart();
            for (int i = tenants / 2; i < tenants; i++) {
                topics.accept(tenant("t" + i, "crm"));
            }
            awaitCompleted(tenants);
        }
        assertEveryStoryIsWhole(tenants);
    }

    @Test
    void closesEvenWhileTheBrokerIsAway() throws Exception {
        try (ScriptedSteps steps = new ScriptedSteps(NONE)) {
            OnboardingLoop loop = loop(steps);
            loop.start();
            topics.accept(tenant("acme", "crm"));
            awaitCompleted(1);
            broker.kill();

            assertThatCode(loop::close).doesNotThrowAnyException();
        }
    }

    @Test
    void theSameTenantUnderAnotherSaasBecomesADeadLetter() {
        topics.accept(tenant("acme", "crm"));
        topics.accept(tenant("acme", "erp"));
        topics.accept(tenant("acme", "crm"));
        try (ScriptedSteps steps = new ScriptedSteps(NONE);
                OnboardingLoop loop = loop(steps)) {
            loop.start();
            awaitCompleted(1);
            await().atMost(PATIENCE)
                    .until(() -> topics.committed(Topics.DEAD_LETTERS.name()).size() == 1);
        }
        ConsumerRecord<byte[], byte[]> letter =
                topics.committed(Topics.DEAD_LETTERS.name()).get(0);
        assertThat(new String(letter.headers().lastHeader("rowhouse-reason").value(), StandardCharsets.UTF_8))
                .isEqualTo("tenant_conflict");
        assertThat(storyOf("acme")).containsExactly(WHOLE_STORY);
    }

    @Test
    void aStepThatTellsNonsenseEndsItsOwnTenantInErrorAndNoOther() {
        Map<Step, StepWork> steps = new EnumMap<>(Step.class);
        try (ScriptedSteps scripted = new ScriptedSteps(NONE)) {
            steps.putAll(scripted.all());
            StepWork pin = steps.get(Step.PIN_SETTINGS);
            steps.put(Step.PIN_SETTINGS, (onboarding, reporter) -> {
                if (onboarding.tenant().id().value().equals("odd")) {
                    reporter.report(new Fact.ScriptCompleted());
                } else {
                    pin.start(onboarding, reporter);
                }
            });
            topics.accept(tenant("odd", "crm"));
            topics.accept(tenant("even", "crm"));
            try (OnboardingLoop loop = new OnboardingLoop(clients(), steps, Clock.systemUTC())) {
                loop.start();
                awaitCompleted(1);
                await().atMost(PATIENCE).until(() -> storyOf("odd").size() == 2);
            }
        }
        assertThat(storyOf("odd")).containsExactly(SETUP_CFN_IN_PROGRESS, OnboardingStatus.ERROR);
        assertThat(storyOf("even")).containsExactly(WHOLE_STORY);
    }

    @Test
    void aDeletedRecordOfTheJournalIsATenantThatIsNotKnown() {
        topics.send(new ProducerRecord<>(Journal.TOPIC.name(), 0, "gone".getBytes(StandardCharsets.UTF_8), null));
        topics.accept(tenant("gone", "crm"));
        try (ScriptedSteps steps = new ScriptedSteps(NONE);
                OnboardingLoop loop = loop(steps)) {
            loop.start();
            for (int i = 0; i < 8; i++) {
                topics.accept(tenant("t" + i, "crm"));
            }
            awaitCompleted(9);
        }
        assertEveryStoryIsWhole(9);
    }

    @Test
    void aRecordOfTheJournalThatCannotBeReadStopsItsPartitionAlone() {
        String waiting = tenantIn(0);
        String other = tenantIn(1);
        topics.send(new ProducerRecord<>(
                Journal.TOPIC.name(), 0, "odd".getBytes(StandardCharsets.UTF_8), "{".getBytes(StandardCharsets.UTF_8)));
        topics.accept(tenant(waiting, "crm"));
        topics.accept(tenant(other, "crm"));
        try (ScriptedSteps steps = new ScriptedSteps(NONE);
                OnboardingLoop loop = loop(steps)) {
            loop.start();
            awaitCompleted(1);

            assertThat(storyOf(other)).containsExactly(WHOLE_STORY);
            assertThat(storyOf(waiting)).isEmpty();
            assertThat(loop.health().notReady()).singleElement().asString().contains("onboarding-journal/0/0");
        }
    }

    private static String tenantIn(int partition) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "t" + i)
                .filter(tenant -> Topics.partitionOf(tenant, LoopTopics.PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }

    private void assertEveryStoryIsWhole(int tenants) {
        Map<TenantId, List<TenantStatusChanged>> stories =
                topics.transitions().stream().collect(Collectors.groupingBy(TenantStatusChanged::tenantId));
        assertThat(stories).hasSize(tenants);
        stories.forEach((tenant, story) -> assertThat(story)
                .as("%s", tenant)
                .extracting(TenantStatusChanged::tenantOnboardingStatus)
                .containsExactly(WHOLE_STORY));
    }

    private void awaitCompleted(int tenants) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(TimeoutException.class)
                .until(() -> topics.transitions().stream()
                                .filter(event -> event.tenantOnboardingStatus() == ALL_COMPLETED)
                                .count()
                        >= tenants);
    }

    private List<OnboardingStatus> storyOf(String tenant) {
        return topics.transitions().stream()
                .filter(event -> event.tenantId().value().equals(tenant))
                .map(TenantStatusChanged::tenantOnboardingStatus)
                .toList();
    }

    private OnboardingLoop loop(ScriptedSteps steps) {
        return new OnboardingLoop(clients(), steps.all(), Clock.systemUTC());
    }

    private LoopClients clients() {
        return new LoopClients(topics.common(), "rowhouse-test-onboarding");
    }

    private static TenantCreated tenant(String id, String saas) {
        return new TenantCreated(new TenantId(id), id, new SaasId(saas), Map.of(), Instant.EPOCH);
    }
}
