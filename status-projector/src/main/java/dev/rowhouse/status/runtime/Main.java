package dev.rowhouse.status.runtime;

import dev.rowhouse.service.config.ConfigSources;
import dev.rowhouse.service.config.ConfigurationException;
import dev.rowhouse.service.http.ApiServer;
import dev.rowhouse.service.http.PortTakenException;
import dev.rowhouse.service.kafka.KafkaUnreachableException;
import dev.rowhouse.service.kafka.UnusableTopicsException;
import dev.rowhouse.status.ProjectorConfig;
import dev.rowhouse.status.StatusProjector;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the status projector as a process. Exit codes: 2 configuration, 3 Kafka or its topics, 4 the port. */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        try {
            ProjectorConfig config = ProjectorConfig.read(ConfigSources.ofProcess());
            StatusProjector projector = StatusProjector.start(config);
            Runtime.getRuntime().addShutdownHook(new Thread(projector::close, "shutdown"));
            ApiServer server = ApiServer.start(
                    config.http(), config.keys(), List.of(projector.routes()), List.of(projector.health()));
            LOG.info("listening on {}:{}", config.http().host(), server.port());
        } catch (ConfigurationException e) {
            exit(2, e);
        } catch (KafkaUnreachableException | UnusableTopicsException e) {
            exit(3, e);
        } catch (PortTakenException e) {
            exit(4, e);
        }
    }

    private static void exit(int code, RuntimeException e) {
        LOG.error("cannot start: {}", e.getMessage());
        System.exit(code);
    }
}
