package dev.rowhouse.status.projection;

import dev.rowhouse.schema.JsonSerde;
import dev.rowhouse.schema.Topics;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * {@code tenant-status-changed} → fold → {@code tenant-status}. Every node and store is named: the names are part of the
 * state's address, and a name that moved would lose the state at an upgrade.
 */
public final class StatusTopology {

    /** The store of rows, by tenant_id. */
    public static final String ROWS = "tenant-status";

    /** The store of counts, by saas_id. */
    public static final String COUNTS = "status-counts";

    private StatusTopology() {}

    public static Topology build() {
        return new Topology()
                .addSource(
                        "transitions",
                        Serdes.String().deserializer(),
                        Serdes.ByteArray().deserializer(),
                        Topics.TENANT_STATUS_CHANGED.name())
                .addProcessor("fold", FoldProcessor::new, "transitions")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(ROWS),
                                        Serdes.String(),
                                        Topics.TENANT_STATUS.value())
                                .withCachingDisabled(),
                        "fold")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(COUNTS),
                                        Serdes.String(),
                                        new JsonSerde<>(StatusCounts.class))
                                .withCachingDisabled(),
                        "fold")
                .addSink(
                        "rows",
                        Topics.TENANT_STATUS.name(),
                        Serdes.String().serializer(),
                        Topics.TENANT_STATUS.value().serializer(),
                        "fold");
    }
}
