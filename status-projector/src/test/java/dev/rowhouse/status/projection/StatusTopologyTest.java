package dev.rowhouse.status.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.OnboardingStatus;
import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.TenantStatus;
import dev.rowhouse.schema.TenantStatusChanged;
import dev.rowhouse.schema.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTopologyTest {

    private TopologyTestDriver driver;
    private TestInputTopic<String, TenantStatusChanged> transitions;
    private TestOutputTopic<String, TenantStatus> rows;

    @BeforeEach
    void start(@TempDir Path state) {
        Properties properties = new Properties();
        properties.put("state.dir", state.toString());
        driver = new TopologyTestDriver(StatusTopology.build(), properties);
        transitions = driver.createInputTopic(
                Topics.TENANT_STATUS_CHANGED.name(),
                new StringSerializer(),
                Topics.TENANT_STATUS_CHANGED.value().serializer());
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
        send(1, OnboardingStatus.SETUP_CFN_IN_PROGRESS);
        send(2, OnboardingStatus.SETUP_CFN_DB_READY);
        List<TestRecord<String, TenantStatus>> written = rows.readRecordsToList();

        assertThat(written).hasSize(2);
        TenantStatus row = written.get(1).value();
        assertThat(row.tenantOnboardingStatus()).isEqualTo(OnboardingStatus.SETUP_CFN_DB_READY);
        assertThat(row.sequence()).isEqualTo(2);
        assertThat(row.history())
                .extracting(TenantStatus.Transition::status)
                .containsExactly(OnboardingStatus.SETUP_CFN_IN_PROGRESS, OnboardingStatus.SETUP_CFN_DB_READY);
        assertThat(EventType.typeOf(written.get(1).headers())).isEqualTo("dev.rowhouse.tenant-status.v1");
    }

    @Test
    void duplicatesAndStragglersChangeNothing() {
        send(1, OnboardingStatus.SETUP_CFN_IN_PROGRESS);
        send(2, OnboardingStatus.SETUP_CFN_DB_READY);
        rows.readRecordsToList();
        send(2, OnboardingStatus.SETUP_CFN_DB_READY);
        send(1, OnboardingStatus.SETUP_CFN_IN_PROGRESS);

        assertThat(rows.isEmpty()).isTrue();
    }

    @Test
    void countsEachTenantWhereItStands() {
        send(1, OnboardingStatus.SETUP_CFN_IN_PROGRESS);
        send(2, OnboardingStatus.SETUP_CFN_DB_READY);
        KeyValueStore<String, StatusCounts> counts = driver.getKeyValueStore(StatusTopology.COUNTS);

        assertThat(counts.get("crm").byStatus()).isEqualTo(Map.of(OnboardingStatus.SETUP_CFN_DB_READY, 1L));
    }

    private void send(int sequence, OnboardingStatus status) {
        transitions.pipeInput(
                "acme",
                new TenantStatusChanged(
                        new TenantId("acme"),
                        new SaasId("crm"),
                        "Acme",
                        Map.of(),
                        status,
                        null,
                        sequence,
                        1,
                        Instant.EPOCH.plusSeconds(sequence),
                        null,
                        null));
    }
}
