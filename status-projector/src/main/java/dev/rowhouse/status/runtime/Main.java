package dev.rowhouse.status.runtime;

import dev.rowhouse.service.config.ConfigSources;
import dev.rowhouse.service.config.ConfigurationException;
import dev.rowhouse.service.http.ApiServer;
import dev.rowhouse.service.http.PortTakenException;
import dev.rowhouse.service.kafka.KafkaRefusedException;
import dev.rowhouse.service.kafka.KafkaUnreachableException;
import dev.rowhouse.service.kafka.UnusableTopicsException;
import dev.rowhouse.status.ProjectorConfig;
import dev.rowhouse.status.StatusProjector;
import java.util.List;
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the status projector as a process, until it is told to end (SIGTERM).
 *
 * <p>Exit codes: 2 configuration, 3 Kafka or its topics, 4 the port, 5 the stores, 6 a fault while running that a new
 * thread would meet again.
 */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        try {
            run(ProjectorConfig.read(ConfigSources.ofProcess()));
        } catch (ConfigurationException e) {
            refuse(2, e);
        } catch (KafkaUnreachableException | KafkaRefusedException | UnusableTopicsException e) {
            refuse(3, e);
        } catch (PortTakenException e) {
            refuse(4, e);
        } catch (StreamsException e) {
            refuse(5, e);
        }
    }

    private static void run(ProjectorConfig config) throws InterruptedException {
        StatusProjector projector = StatusProjector.start(config);
        ApiServer server = serve(config, projector);
        // The server first: a request that is taken must find its stores open.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            projector.close();
                        },
                        "shutdown"));
        LOG.info("listening on {}:{}", config.http().host(), server.port());
        Throwable fault = projector.fault().join();
        LOG.error("ending: {}", fault.getMessage());
        System.exit(6);
    }

    private static ApiServer serve(ProjectorConfig config, StatusProjector projector) {
        try {
            return ApiServer.start(
                    config.http(), config.keys(), List.of(projector.routes()), List.of(projector.health()));
        } catch (PortTakenException e) {
            projector.close();
            throw e;
        }
    }

    private static void refuse(int code, RuntimeException e) {
        LOG.error("cannot start: {}", e.getMessage());
        System.exit(code);
    }
}
