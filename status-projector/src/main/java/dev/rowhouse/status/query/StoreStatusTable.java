package dev.rowhouse.status.query;

import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.TenantStatus;
import dev.rowhouse.schema.Topics;
import dev.rowhouse.status.projection.StatusTopology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads this instance's own stores: the one class that touches them. */
public final class StoreStatusTable implements StatusTable {

    private final KafkaStreams streams;
    private final int partitions;

    /** @param partitions of {@code tenant-status-changed} */
    public StoreStatusTable(KafkaStreams streams, int partitions) {
        this.streams = streams;
        this.partitions = partitions;
    }

    @Override
    public Optional<TenantStatus> row(TenantId tenant) {
        int partition = Topics.partitionOf(tenant.value(), partitions);
        return read(partition, store -> Optional.ofNullable(store.get(tenant.value())));
    }

    /** Each partition gives its rows in order, so the first of all are among the first of each. */
    @Override
    public List<TenantStatus> rows(int atMost) {
        List<List<TenantStatus>> parts = IntStream.range(0, partitions)
                .mapToObj(partition -> read(partition, store -> first(store, atMost)))
                .toList();
        return parts.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(row -> row.tenantId().value()))
                .limit(atMost)
                .toList();
    }

    private static List<TenantStatus> first(ReadOnlyKeyValueStore<String, TenantStatus> store, int atMost) {
        List<TenantStatus> rows = new ArrayList<>();
        try (KeyValueIterator<String, TenantStatus> all = store.all()) {
            while (all.hasNext() && rows.size() < atMost) {
                rows.add(all.next().value);
            }
        }
        return rows;
    }

    /** Asks one partition by number, so that a partition that is elsewhere is an error and not an empty answer. */
    private <T> T read(int partition, Function<ReadOnlyKeyValueStore<String, TenantStatus>, T> question) {
        try {
            return question.apply(streams.store(StoreQueryParameters.fromNameAndType(
                            StatusTopology.ROWS, QueryableStoreTypes.<String, TenantStatus>keyValueStore())
                    .withPartition(partition)));
        } catch (InvalidStateStoreException e) {
            throw new NotReadyException("partition " + partition + " of the table is not served by this instance now ("
                    + streams.state() + "); ask again");
        }
    }
}
