package dev.rowhouse.status.projection;

import dev.rowhouse.schema.JsonSerde;
import dev.rowhouse.schema.Topics;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * {@code tenant-status-changed} and {@code onboarding-progress} → fold → {@code tenant-status}. Every node and store is
 * named: the names are part of the state's address, and a name that moved would lose the state at an upgrade.
 *
 * <p>Both folds write to the same rows, so a tenant must be in the partition of the same number on both topics: same count,
 * same partitioner. Streams itself does not see to that.
 */
public final class StatusTopology {

    /** The store of rows, by tenant_id. */
    public static final String ROWS = "tenant-status";

    /** The store of counts, by saas_id. */
    public static final String COUNTS = "status-counts";

    /** The store of progress that came before the row of its attempt, by tenant_id. */
    static final String AHEAD = "progress-ahead";

    private StatusTopology() {}

    public static Topology build() {
        return new Topology()
                .addSource(
                        "transitions",
                        Serdes.String().deserializer(),
                        Serdes.ByteArray().deserializer(),
                        Topics.TENANT_STATUS_CHANGED.name())
                .addSource(
                        "progress",
                        Serdes.String().deserializer(),
                        Serdes.ByteArray().deserializer(),
                        Topics.ONBOARDING_PROGRESS.name())
                .addProcessor("fold", FoldProcessor::new, "transitions")
                .addProcessor("fold-progress", ProgressProcessor::new, "progress")
                .addStateStore(store(ROWS, Topics.TENANT_STATUS.value()), "fold", "fold-progress")
                .addStateStore(store(COUNTS, new JsonSerde<>(StatusCounts.class)), "fold")
                .addStateStore(store(AHEAD, Topics.ONBOARDING_PROGRESS.value()), "fold", "fold-progress")
                .addSink(
                        "rows",
                        Topics.TENANT_STATUS.name(),
                        Serdes.String().serializer(),
                        Topics.TENANT_STATUS.value().serializer(),
                        "fold",
                        "fold-progress");
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withCachingDisabled();
    }
}
