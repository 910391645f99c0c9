package dev.rowhouse.onboarding;

import dev.rowhouse.onboarding.settings.SettingsUnavailableException;
import dev.rowhouse.onboarding.stack.UnusableKeyRingException;
import dev.rowhouse.service.config.ConfigSources;
import dev.rowhouse.service.config.ConfigurationException;
import dev.rowhouse.service.http.ApiServer;
import dev.rowhouse.service.http.PortTakenException;
import dev.rowhouse.service.kafka.KafkaRefusedException;
import dev.rowhouse.service.kafka.KafkaUnreachableException;
import dev.rowhouse.service.kafka.UnusableTopicsException;
import dev.rowhouse.sql.connect.UnusableCaFileException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the onboarding service as a process, until it is told to end (SIGTERM).
 *
 * <p>Exit codes: 2 configuration, the key ring and the CA file among it; 3 Kafka or its topics; 4 the port.
 */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        try {
            run(OnboardingConfig.read(ConfigSources.ofProcess()));
        } catch (ConfigurationException | UnusableKeyRingException | UnusableCaFileException e) {
            refuse(2, e);
        } catch (KafkaUnreachableException
                | KafkaRefusedException
                | UnusableTopicsException
                | SettingsUnavailableException e) {
            refuse(3, e);
        } catch (PortTakenException e) {
            refuse(4, e);
        }
    }

    private static void run(OnboardingConfig config) throws InterruptedException {
        OnboardingService service = OnboardingService.start(config);
        ApiServer server = serve(config, service);
        // The server first: a request that is taken must find its service open.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            service.close();
                        },
                        "shutdown"));
        LOG.info("listening on {}:{}", config.http().host(), server.port());
    }

    private static ApiServer serve(OnboardingConfig config, OnboardingService service) {
        try {
            return ApiServer.start(config.http(), config.keys(), service.routes(), List.of(service.health()));
        } catch (PortTakenException e) {
            service.close();
            throw e;
        }
    }

    private static void refuse(int code, RuntimeException e) {
        LOG.error("cannot start: {}", e.getMessage());
        System.exit(code);
    }
}
