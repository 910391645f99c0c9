package dev.rowhouse.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {

    @Test
    void laterSourcesWin() {
        ConfigReader reader = new ConfigReader(new ConfigSources(
                Map.of("rowhouse.a", "file", "rowhouse.b", "file", "rowhouse.c", "file"),
                Map.of("ROWHOUSE_B", "environment", "ROWHOUSE_C", "environment"),
                Map.of("rowhouse.c", "explicit")));

        assertThat(reader.text("rowhouse.a", "default")).isEqualTo("file");
        assertThat(reader.text("rowhouse.b", "default")).isEqualTo("environment");
        assertThat(reader.text("rowhouse.c", "default")).isEqualTo("explicit");
        assertThat(reader.text("rowhouse.d", "default")).isEqualTo("default");
    }

    @Test
    void tellsEveryProblemTogether() {
        ConfigReader reader =
                explicitly(Map.of("rowhouse.http.port", "70000", "rowhouse.wait", "soon", "rowhouse.htp.port", "8080"));
        reader.integer("rowhouse.http.port", 0, 65535, 8080);
        reader.duration("rowhouse.wait", Duration.ofSeconds(1));
        reader.text("rowhouse.name", null);

        assertThatThrownBy(reader::refuseProblems)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("rowhouse.http.port: is '70000'; allowed is a whole number from 0 to 65535")
                .hasMessageContaining("rowhouse.wait: is 'soon'; allowed is a span of time")
                .hasMessageContaining("rowhouse.name: is missing")
                .hasMessageContaining("did you mean rowhouse.http.port?");
    }

    @Test
    void anUnknownVariableIsAProblem() {
        ConfigReader reader =
                new ConfigReader(new ConfigSources(Map.of(), Map.of("ROWHOUSE_HTTP_PROT", "1", "PATH", "x"), Map.of()));
        reader.integer("rowhouse.http.port", 0, 65535, 8080);

        assertThatThrownBy(reader::refuseProblems)
                .hasMessageContaining("ROWHOUSE_HTTP_PROT")
                .hasMessageNotContaining("PATH");
    }

    @Test
    void valuesAreTakenLiterally() {
        ConfigReader reader = explicitly(Map.of("rowhouse.password", "a${b}c\\d"));

        assertThat(reader.text("rowhouse.password", null)).isEqualTo("a${b}c\\d");
    }

    @Test
    void aClientPropertyThatTheServiceDecidesIsRefused() {
        ConfigReader reader = explicitly(Map.of(
                "rowhouse.kafka.bootstrap.servers", "127.0.0.1:9092",
                "rowhouse.kafka.security.protocol", "SSL",
                "rowhouse.kafka.isolation.level", "read_uncommitted"));
        KafkaSettings kafka = KafkaSettings.read(reader);

        assertThat(kafka.clientProperties("me")).containsEntry("security.protocol", "SSL");
        assertThatThrownBy(reader::refuseProblems).hasMessageContaining("rowhouse.kafka.isolation.level");
    }

    @Test
    void whatIsRightIsNoProblem() {
        ConfigReader reader = explicitly(Map.of("rowhouse.http.port", "8081"));

        assertThat(HttpSettings.read(reader, 8080)).isEqualTo(new HttpSettings("127.0.0.1", 8081));
        assertThatCode(reader::refuseProblems).doesNotThrowAnyException();
    }

    private static ConfigReader explicitly(Map<String, String> settings) {
        return new ConfigReader(ConfigSources.explicitly(settings));
    }
}
