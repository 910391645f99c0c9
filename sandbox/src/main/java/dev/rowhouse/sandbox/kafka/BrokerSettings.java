package dev.rowhouse.sandbox.kafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The settings of a lone broker that is its own controller: defaults but for what one small machine asks for. */
final class BrokerSettings {

    private BrokerSettings() {}

    static Map<String, String> of(int port, int controllerPort, Path data, Map<String, String> overrides) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        // Not controller.quorum.bootstrap.servers: that one stores the voters' addresses on disk, and the controller's
        // port changes with each start.
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("log.dirs", data.toString());
        // A typo in a topic's name shall fail, as it does in production.
        settings.put("auto.create.topics.enable", "false");

        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        // The default 50 partitions each cost files and a coordinator to load, for one broker without need.
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.num.partitions", "4");

        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.streams.initial.rebalance.delay.ms", "0");
        // After a kill -9 the broker comes back only once the session of its former life has run out.
        settings.put("broker.session.timeout.ms", "1500");
        settings.put("broker.heartbeat.interval.ms", "300");
        // The default takes 128 MB, twice the heap.
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.putAll(overrides);
        return settings;
    }
}
