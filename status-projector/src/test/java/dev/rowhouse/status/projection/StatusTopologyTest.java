package dev.rowhouse.status.projection;

import static dev.rowhouse.schema.OnboardingStatus.ERROR;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_COMPLETED;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_DB_READY;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.OnboardingStatus;
import dev.rowhouse.schema.TenantStatus;
import dev.rowhouse.schema.TenantStatusChanged;
import dev.rowhouse.schema.Topics;
import dev.rowhouse.status.Transitions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
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
    private TestOutputTopic<String, TenantStatus> rows;

    @BeforeEach
    void start(@TempDir Path state) {
        Properties properties = new Properties();
        properties.put("state.dir", state.toString());
        driver = new TopologyTestDriver(StatusTopology.build(), properties);
        transitions = driver.createInputTopic(
                Topics.TENANT_STATUS_CHANGED.name(), new StringSerializer(), new ByteArraySerializer());
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
