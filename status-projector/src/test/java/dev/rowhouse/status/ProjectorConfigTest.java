package dev.rowhouse.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.service.config.ConfigSources;
import dev.rowhouse.service.config.ConfigurationException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProjectorConfigTest {

    @Test
    void needsABrokerAndAKeyOnly() {
        ProjectorConfig config = ProjectorConfig.read(ConfigSources.explicitly(
                Map.of("rowhouse.kafka.bootstrap.servers", "127.0.0.1:9092", "rowhouse.api-keys", "a-test-key")));

        assertThat(config.applicationId()).isEqualTo("rowhouse-status-projector");
        assertThat(config.stateDirectory()).isEqualTo(Path.of("data/status-projector"));
        assertThat(config.http().port()).isEqualTo(8081);
        assertThat(config.threads()).isEqualTo(1);
        assertThat(config.advertisedAddress()).isEmpty();
    }

    @Test
    void tellsEveryProblemAtOnce() {
        assertThatThrownBy(() -> ProjectorConfig.read(ConfigSources.explicitly(Map.of(
                        "rowhouse.projector.application-id", "status projector",
                        "rowhouse.projector.advertised-address", "nowhere",
                        "rowhouse.projector.threads", "0"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("rowhouse.kafka.bootstrap.servers")
                .hasMessageContaining("rowhouse.api-keys")
                .hasMessageContaining("rowhouse.projector.application-id")
                .hasMessageContaining("rowhouse.projector.advertised-address")
                .hasMessageContaining("rowhouse.projector.threads");
    }
}
