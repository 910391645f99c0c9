package dev.rowhouse.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.service.config.ConfigSources;
import dev.rowhouse.service.config.ConfigurationException;
import dev.rowhouse.service.config.ConfigurationException.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnboardingConfigTest {

    @TempDir
    private Path directory;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void whatIsRequired() throws IOException {
        Path keys = Files.writeString(directory.resolve("keys"), "k1 …");
        settings.put("rowhouse.kafka.bootstrap.servers", "127.0.0.1:9092");
        settings.put("rowhouse.api-keys", "quickstart");
        settings.put("rowhouse.key-ring-file", keys.toString());
    }

    @Test
    void hasADefaultForWhatNeedsNoDecision() {
        OnboardingConfig config = read();

        assertThat(config.deployment()).isEqualTo("default");
        assertThat(config.http().port()).isEqualTo(8080);
        assertThat(config.databases().loopback()).isEqualTo(OnboardingConfig.Loopback.REFUSED);
        assertThat(config.databases().allowedPrivateCidrs()).isEmpty();
        assertThat(config.deadlines().stack()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void takesWhatASandboxNeeds() {
        settings.put("rowhouse.deployment", "quickstart");
        settings.put("rowhouse.aws.region", "us-gov-west-1");
        settings.put("rowhouse.aws.endpoint-url", "http://127.0.0.1:4566");
        settings.put("rowhouse.databases.loopback", "allowed");
        settings.put("rowhouse.databases.allowed-private-cidrs", "10.0.0.0/8, fd00::/8");
        settings.put("rowhouse.databases.ca-file", settings.get("rowhouse.key-ring-file"));

        OnboardingConfig config = read();

        assertThat(config.aws().region()).hasValue("us-gov-west-1");
        assertThat(config.aws().endpoint()).hasValue(URI.create("http://127.0.0.1:4566"));
        assertThat(config.databases().loopback()).isEqualTo(OnboardingConfig.Loopback.ALLOWED);
        assertThat(config.databases().allowedPrivateCidrs()).containsExactly("10.0.0.0/8", "fd00::/8");
    }

    @Test
    void namesEveryProblemTogether() {
        Map<String, String> wrong = Map.ofEntries(
                Map.entry("rowhouse.deployment", "Production"),
                Map.entry("rowhouse.api-keys", "short"),
                Map.entry("rowhouse.key-ring-file", directory.resolve("none").toString()),
                Map.entry("rowhouse.aws.region", "Frankfurt"),
                Map.entry("rowhouse.aws.endpoint-url", "127.0.0.1:4566"),
                Map.entry("rowhouse.databases.loopback", "yes"),
                Map.entry("rowhouse.databases.allowed-private-cidrs", "10.0.0.0/33,example.com/8"),
                Map.entry("rowhouse.databases.ca-file", directory.toString()),
                Map.entry("rowhouse.deadlines.stack", "0s"),
                Map.entry("rowhouse.http.port", "-1"),
                Map.entry("rowhouse.topics.partitions", "0"));

        assertThatThrownBy(() -> OnboardingConfig.read(ConfigSources.explicitly(wrong)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("short")
                .asInstanceOf(InstanceOfAssertFactories.type(ConfigurationException.class))
                .extracting(ConfigurationException::problems, InstanceOfAssertFactories.list(Problem.class))
                .extracting(Problem::name)
                .contains("rowhouse.kafka.bootstrap.servers")
                .containsAll(wrong.keySet());
    }

    @Test
    void showsNoKey() {
        settings.put("rowhouse.kafka.sasl.jaas.config", "hunter2");

        assertThat(read().toString()).doesNotContain("quickstart").doesNotContain("hunter2");
    }

    private OnboardingConfig read() {
        return OnboardingConfig.read(ConfigSources.explicitly(settings));
    }
}
