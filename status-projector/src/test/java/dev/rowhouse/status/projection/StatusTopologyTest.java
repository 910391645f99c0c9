package dev.rowhouse.status.projection;

import static dev.rowhouse.schema.OnboardingStatus.ALL_COMPLETED;
import static dev.rowhouse.schema.OnboardingStatus.ERROR;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_COMPLETED;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_DB_READY;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_IN_PROGRESS;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_DB_IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.OnboardingProgress;
import dev.rowhouse.schema.OnboardingStatus;
import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.TenantStatus;
import dev.rowhouse.schema.TenantStatus.SqlProgress;
import dev.rowhouse.schema.TenantStatusChanged;
import dev.rowhouse.schema.Topics;
import dev.rowhouse.status.Transitions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTopologyTest {

    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> transitions;
    private TestInputTopic<String, byte[]> progress;
    private TestOutputTopic<String, TenantStatus> rows;

    @BeforeEach
    void start(@TempDir Path state) {
        Properties properties = new Properties();
        properties.put("state.dir", state.toString());
        driver = new TopologyTestDriver(StatusTopology.build(), properties);
        transitions = driver.createInputTopic(
                Topics.TENANT_STATUS_CHANGED.name(), new StringSerializer(), new ByteArraySerializer());
        progress = driver.createInputTopic(
                Topics.ONBOARDING_PROGRESS.name(), new StringSerializer(), new ByteArraySerializer());
        rows = driver.createOutputTopic(
                Topics.TENANT_STATUS.name(),
                new StringDeserializer(),
                Topics.TENANT_STATUS.value().deserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    /** A changed name moves the state's address: change the file only together with a way to carry the state over. */
    @Test
    void isTheTopologyThatWasAgreedOn() throws IOException {
        try (InputStream agreed = getClass().getResourceAsStream("/topology.txt")) {
            assertThat(StatusTopology.build().describe().toString().strip())
                    .isEqualTo(new String(agreed.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }

    @Test
    void aRowFollowsEachTransitionAndKeepsTheHistory() {
        send(Transitions.of("acme", 1, SETUP_CFN_IN_PROGRESS));
        send(Transitions.of("acme", 2, SETUP_CFN_DB_READY));
        List<TenantStatus> written = rows.readValuesToList();

        assertThat(written).extracting(TenantStatus::sequence).containsExactly(1, 2);
        assertThat(written.get(1)).isEqualTo(storedRows().get("acme"));
        assertThat(written.get(1).history())
                .extracting(TenantStatus.Transition::status)
                .containsExactly(SETUP_CFN_IN_PROGRESS, SETUP_CFN_DB_READY);
    }

    @Test
    void aRowIsACloudEventOfItsOwn() {
        TenantStatusChanged transition = Transitions.of("acme", 1, SETUP_CFN_IN_PROGRESS);
        send(transition);
        TestRecord<String, TenantStatus> written = rows.readRecord();

        assertThat(written.getKey()).isEqualTo("acme");
        assertThat(written.getHeaders())
                .isEqualTo(EventType.TENANT_STATUS.headers(
                        "acme/1", "/status-projector", transition.tenantId(), Instant.EPOCH.plusSeconds(1)));
    }

    @Test
    void duplicatesAndStragglersChangeNothing() {
        send(Transitions.of("acme", 1, SETUP_CFN_IN_PROGRESS));
        send(Transitions.of("acme", 2, SETUP_CFN_DB_READY));
        rows.readRecordsToList();
        send(Transitions.of("acme", 2, SETUP_CFN_DB_READY));
        send(Transitions.of("acme", 1, SETUP_CFN_IN_PROGRESS));

        assertThat(rows.isEmpty()).isTrue();
        assertThat(storedCounts()).isEqualTo(Map.of("crm", Map.of(SETUP_CFN_DB_READY, 1L)));
    }

    @Test
    void aTransitionAfterAGapIsTaken() {
        send(Transitions.of("acme", 3, SETUP_CFN_COMPLETED));

        assertThat(storedRows().get("acme").sequence()).isEqualTo(3);
    }

    @Test
    void aTenantThatMovesToAnotherSaasIsCountedThereOnly() {
        send(Transitions.of("acme", "crm", 1, SETUP_CFN_IN_PROGRESS));
        send(Transitions.of("acme", "erp", 2, SETUP_CFN_DB_READY));

        assertThat(storedCounts()).isEqualTo(Map.of("crm", Map.of(), "erp", Map.of(SETUP_CFN_DB_READY, 1L)));
    }

    @Test
    void theCountsAreThoseOfTheRows() {
        Random random = new Random(7);
        OnboardingStatus[] statuses = OnboardingStatus.values();
        int[] last = new int[20];
        for (int i = 0; i < 500; i++) {
            int tenant = random.nextInt(last.length);
            boolean repeats = last[tenant] > 0 && random.nextInt(3) == 0;
            send(Transitions.of(
                    "t" + tenant,
                    "s" + random.nextInt(3),
                    repeats ? 1 + random.nextInt(last[tenant]) : ++last[tenant],
                    statuses[random.nextInt(statuses.length)]));
        }

        Map<String, Map<OnboardingStatus, Long>> recounted = new HashMap<>();
        storedRows()
                .values()
                .forEach(row -> recounted
                        .computeIfAbsent(row.saasId().value(), saas -> new HashMap<>())
                        .merge(row.tenantOnboardingStatus(), 1L, Long::sum));
        assertThat(storedCounts()).isEqualTo(recounted);
    }

    @Test
    void whatCannotBeReadIsPassedOver() {
        transitions.pipeInput("acme", "{".getBytes(StandardCharsets.UTF_8));
        transitions.pipeInput("acme", null);
        transitions.pipeInput("acme", "null".getBytes(StandardCharsets.UTF_8));
        send(Transitions.of("acme", 1, SETUP_CFN_IN_PROGRESS));

        assertThat(rows.readValuesToList()).extracting(TenantStatus::sequence).containsExactly(1);
    }

    @Test
    void aTransitionUnderAnotherTenantsKeyIsPassedOver() {
        byte[] transition = bytes(Transitions.of("acme", 1, SETUP_CFN_IN_PROGRESS));
        transitions.pipeInput("bolt", transition);
        transitions.pipeInput(null, transition);

        assertThat(storedRows()).isEmpty();
    }

    @Test
    void anEventOfAnotherTypeIsPassedOver() {
        Headers headers =
                new RecordHeaders().add("ce_type", "dev.rowhouse.tenant-renamed.v1".getBytes(StandardCharsets.UTF_8));
        transitions.pipeInput(new TestRecord<>("acme", bytes(Transitions.of("acme", 1, ERROR)), headers));

        assertThat(storedRows()).isEmpty();
    }

    @Test
    void progressShowsOnTheRowAndLeavesTheRestAsItIs() {
        send(Transitions.of("acme", 1, SETUP_DB_IN_PROGRESS));
        TenantStatus before = rows.readValue();
        send(progress(1, 2));

        TenantStatus after = rows.readValue();
        assertThat(after.sqlProgress()).isEqualTo(new SqlProgress(2, 20, Instant.EPOCH.plusMillis(1_002)));
        assertThat(after).isEqualTo(before.withSqlProgress(after.sqlProgress()));
        assertThat(storedRows()).containsOnly(Map.entry("acme", after));
        assertThat(storedCounts()).isEqualTo(Map.of("crm", Map.of(SETUP_DB_IN_PROGRESS, 1L)));
    }

    @Test
    void aRowThatProgressChangedIsACloudEventOfItsOwn() {
        send(Transitions.of("acme", 1, SETUP_DB_IN_PROGRESS));
        send(progress(1, 2));
        send(progress(1, 3));
        send(Transitions.of("acme", 2, ALL_COMPLETED));

        assertThat(rows.readRecordsToList())
                .extracting(TestRecord::getHeaders)
                .containsExactly(
                        headers("acme/1", Instant.EPOCH.plusSeconds(1)),
                        headers("acme/1/2", Instant.EPOCH.plusMillis(1_002)),
                        headers("acme/1/3", Instant.EPOCH.plusMillis(1_003)),
                        headers("acme/2/3", Instant.EPOCH.plusSeconds(2)));
    }

    @Test
    void progressStaysAfterTheEndOfItsAttemptAndGoesWithTheNext() {
        send(Transitions.ofAttempt(1, "acme", 1, SETUP_DB_IN_PROGRESS));
        send(progress(1, 2));
        send(Transitions.ofAttempt(1, "acme", 2, ERROR));
        send(Transitions.ofAttempt(2, "acme", 3, SETUP_DB_IN_PROGRESS));

        assertThat(rows.readValuesToList())
                .extracting(
                        row -> row.sqlProgress() == null ? 0 : row.sqlProgress().statement())
                .containsExactly(0, 2, 2, 0);
    }

    @Test
    void lateAndRepeatedProgressChangesNothing() {
        send(Transitions.ofAttempt(2, "acme", 1, SETUP_DB_IN_PROGRESS));
        send(progress(2, 5));
        rows.readRecordsToList();
        send(progress(2, 4));
        send(progress(2, 5));
        send(progress(1, 20));

        assertThat(rows.isEmpty()).isTrue();
        assertThat(storedRows().get("acme").sqlProgress().statement()).isEqualTo(5);
    }

    @Test
    void progressMakesNoRow() {
        send(progress(1, 20));

        assertThat(rows.isEmpty()).isTrue();
        assertThat(storedRows()).isEmpty();
        assertThat(storedCounts()).isEmpty();
    }

    @Test
    void progressAheadOfItsRowIsKeptUntilTheRowIsThere() {
        send(progress(1, 20));
        send(Transitions.ofAttempt(1, "acme", 1, SETUP_DB_IN_PROGRESS));
        send(progress(2, 3));
        send(progress(2, 7));
        send(progress(2, 5));
        send(Transitions.ofAttempt(1, "acme", 2, ERROR));
        send(Transitions.ofAttempt(2, "acme", 3, SETUP_DB_IN_PROGRESS));

        assertThat(rows.readValuesToList())
                .extracting(row -> row.sqlProgress().statement())
                .containsExactly(20, 20, 7);
        assertThat(all(driver.<String, OnboardingProgress>getKeyValueStore(StatusTopology.AHEAD)))
                .isEmpty();
    }

    /** Two topics have no common order, and a process that lost the tenant may write whenever it comes round. */
    @Test
    void theOrderOfTheTwoTopicsDoesNotMatter() {
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            String tenant = "t" + i;
            Deque<TenantStatusChanged> statuses = new ArrayDeque<>(List.of(
                    Transitions.ofAttempt(1, tenant, 1, SETUP_CFN_COMPLETED),
                    Transitions.ofAttempt(1, tenant, 2, SETUP_DB_IN_PROGRESS),
                    Transitions.ofAttempt(1, tenant, 3, ERROR),
                    Transitions.ofAttempt(2, tenant, 4, SETUP_DB_IN_PROGRESS),
                    Transitions.ofAttempt(2, tenant, 5, ALL_COMPLETED)));
            List<OnboardingProgress> told = new ArrayList<>();
            for (int statement = 1; statement <= 4; statement++) {
                told.add(progress(tenant, 1, statement));
                told.add(progress(tenant, 2, statement));
            }
            Collections.shuffle(told, random);
            while (!statuses.isEmpty() || !told.isEmpty()) {
                if (told.isEmpty() || !statuses.isEmpty() && random.nextInt(13) < 5) {
                    send(statuses.remove());
                } else {
                    send(told.remove(told.size() - 1));
                }
            }

            TenantStatus row = storedRows().get(tenant);
            assertThat(row.tenantOnboardingStatus()).isEqualTo(ALL_COMPLETED);
            assertThat(row.history()).hasSize(5);
            assertThat(row.sqlProgress()).isEqualTo(new SqlProgress(4, 20, Instant.EPOCH.plusMillis(2_004)));
        }
        assertThat(all(driver.<String, OnboardingProgress>getKeyValueStore(StatusTopology.AHEAD)))
                .isEmpty();
    }

    @Test
    void progressThatCannotBeReadIsPassedOver() {
        send(Transitions.of("acme", 1, SETUP_DB_IN_PROGRESS));
        rows.readRecordsToList();
        progress.pipeInput("acme", "{".getBytes(StandardCharsets.UTF_8));
        progress.pipeInput("acme", null);
        progress.pipeInput("bolt", bytes(progress(1, 3)));
        progress.pipeInput(null, bytes(progress(1, 3)));

        assertThat(rows.isEmpty()).isTrue();
        assertThat(storedRows().get("acme").sqlProgress()).isNull();
    }

    private static Headers headers(String id, Instant time) {
        return EventType.TENANT_STATUS.headers(id, "/status-projector", new TenantId("acme"), time);
    }

    /** Statement k of 20, seen k milliseconds after its attempt's second. */
    private static OnboardingProgress progress(String tenant, int attempt, int statement) {
        return new OnboardingProgress(
                new TenantId(tenant),
                attempt,
                statement,
                20,
                Instant.EPOCH.plusSeconds(attempt).plusMillis(statement));
    }

    private static OnboardingProgress progress(int attempt, int statement) {
        return progress("acme", attempt, statement);
    }

    private void send(OnboardingProgress event) {
        progress.pipeInput(event.tenantId().value(), bytes(event));
    }

    private static byte[] bytes(OnboardingProgress event) {
        return Topics.ONBOARDING_PROGRESS.value().serializer().serialize(Topics.ONBOARDING_PROGRESS.name(), event);
    }

    private void send(TenantStatusChanged transition) {
        transitions.pipeInput(transition.tenantId().value(), bytes(transition));
    }

    private static byte[] bytes(TenantStatusChanged transition) {
        return Topics.TENANT_STATUS_CHANGED
                .value()
                .serializer()
                .serialize(Topics.TENANT_STATUS_CHANGED.name(), transition);
    }

    private Map<String, TenantStatus> storedRows() {
        return all(driver.getKeyValueStore(StatusTopology.ROWS));
    }

    private Map<String, Map<OnboardingStatus, Long>> storedCounts() {
        Map<String, Map<OnboardingStatus, Long>> bySaas = new HashMap<>();
        Map<String, StatusCounts> stored = all(driver.getKeyValueStore(StatusTopology.COUNTS));
        stored.forEach((saas, counts) -> bySaas.put(saas, counts.byStatus()));
        return bySaas;
    }

    private static <V> Map<String, V> all(KeyValueStore<String, V> store) {
        Map<String, V> all = new HashMap<>();
        try (KeyValueIterator<String, V> entries = store.all()) {
            entries.forEachRemaining(entry -> all.put(entry.key, entry.value));
        }
        return all;
    }
}
