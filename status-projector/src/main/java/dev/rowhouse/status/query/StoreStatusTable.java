package dev.rowhouse.status.query;

import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.TenantStatus;
import dev.rowhouse.schema.Topics;
import dev.rowhouse.status.projection.StatusCounts;
import dev.rowhouse.status.projection.StatusTopology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads this instance's own stores: the one class that queries them.
 *
 * <p>Asks each partition by its number, so that a partition that is elsewhere, or still being restored, is an error and
 * not an empty answer.
 */
final class StoreStatusTable implements StatusTable {

    private final KafkaStreams streams;
    private final int partitions;
    private final CatchUp catchUp;

    StoreStatusTable(KafkaStreams streams, int partitions, CatchUp catchUp) {
        this.streams = streams;
        this.partitions = partitions;
        this.catchUp = catchUp;
    }

    @Override
    public Optional<TenantStatus> row(TenantId tenant) {
        String key = tenant.value();
        int partition = Topics.partitionOf(key, partitions);
        return answered(
                () -> {
                    ReadOnlyKeyValueStore<String, TenantStatus> rows = store(StatusTopology.ROWS, partition);
                    return Optional.ofNullable(rows.get(key));
                },
                () -> "the tenant's partition " + partition + owner(key));
    }

    @Override
    public List<TenantStatus> rows(int atMost) {
        return answered(
                () -> {
                    List<KeyValueIterator<String, TenantStatus>> parts = new ArrayList<>();
                    try {
                        this.<TenantStatus>all(StatusTopology.ROWS).forEach(store -> parts.add(store.all()));
                        return merged(parts, atMost);
                    } finally {
                        parts.forEach(KeyValueIterator::close);
                    }
                },
                () -> "all " + partitions + " partitions");
    }

    @Override
    public Map<SaasId, StatusCounts> counts() {
        return answered(
                () -> {
                    Map<SaasId, StatusCounts> sums = new TreeMap<>(Comparator.comparing(SaasId::value));
                    this.<StatusCounts>all(StatusTopology.COUNTS).forEach(store -> addTo(sums, store));
                    return sums;
                },
                () -> "all " + partitions + " partitions");
    }

    private static void addTo(Map<SaasId, StatusCounts> sums, ReadOnlyKeyValueStore<String, StatusCounts> store) {
        try (KeyValueIterator<String, StatusCounts> all = store.all()) {
            all.forEachRemaining(each -> sums.merge(new SaasId(each.key), each.value, StatusCounts::plus));
        }
    }

    /** Each partition gives its rows in order, so the next of all is the first of those each would give next. */
    private static List<TenantStatus> merged(List<KeyValueIterator<String, TenantStatus>> parts, int atMost) {
        PriorityQueue<KeyValueIterator<String, TenantStatus>> next =
                new PriorityQueue<>(Comparator.comparing(KeyValueIterator<String, TenantStatus>::peekNextKey));
        parts.stream().filter(KeyValueIterator::hasNext).forEach(next::add);
        List<TenantStatus> rows = new ArrayList<>();
        while (rows.size() < atMost && !next.isEmpty()) {
            KeyValueIterator<String, TenantStatus> part = next.remove();
            rows.add(part.next().value);
            if (part.hasNext()) {
                next.add(part);
            }
        }
        return rows;
    }

    private <V> List<ReadOnlyKeyValueStore<String, V>> all(String name) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> this.<V>store(name, partition))
                .toList();
    }

    private <V> ReadOnlyKeyValueStore<String, V> store(String name, int partition) {
        return streams.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<String, V>keyValueStore())
                .withPartition(partition));
    }

    private <T> T answered(Supplier<T> question, Supplier<String> needed) {
        if (!catchUp.isDone()) {
            throw new NotReadyException("the table has not yet read all that was written before this instance started");
        }
        if (!streams.state().isRunningOrRebalancing()) {
            throw new NotReadyException("the table is not running: " + streams.state());
        }
        try {
            return question.get();
        } catch (InvalidStateStoreException e) {
            // Also thrown in the midst of reading, when a store closes since its partition goes to another instance.
            throw new NotReadyException("this instance does not hold " + needed.get());
        }
    }

    private String owner(String key) {
        HostInfo host = streams.queryMetadataForKey(
                        StatusTopology.ROWS, key, Serdes.String().serializer())
                .activeHost();
        return host.port() > 0 ? ", which is at " + host.host() + ":" + host.port() : "";
    }
}
