package dev.rowhouse.schema;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Utils;

/** The topics that other services, or several of ours, share. All are keyed by tenant_id. */
public final class Topics {

    private static final Map<String, String> KEPT =
            Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");
    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

    /** In: a tenant was created. */
    public static final Topic<String, TenantCreated> TENANT_CREATED = new Topic<>(
            "tenant-created",
            Serdes.String(),
            new JsonSerde<>(TenantCreated.class),
            Map.of("cleanup.policy", "delete"));

    /** In: try an onboarding again. */
    public static final Topic<String, RetryOnboarding> ONBOARDING_COMMANDS = new Topic<>(
            "onboarding-commands",
            Serdes.String(),
            new JsonSerde<>(RetryOnboarding.class),
            Map.of("cleanup.policy", "delete"));

    /** Out: input that could not be read, key and value as they came, the reason and the origin in headers. */
    public static final Topic<byte[], byte[]> DEAD_LETTERS =
            new Topic<>("tenant-created-dead-letters", Serdes.ByteArray(), Serdes.ByteArray(), KEPT);

    /** Out: each transition, kept without limit; the partition is murmur2 of the tenant_id. */
    public static final Topic<String, TenantStatusChanged> TENANT_STATUS_CHANGED =
            new Topic<>("tenant-status-changed", Serdes.String(), new JsonSerde<>(TenantStatusChanged.class), KEPT);

    /**
     * Between our own services: how far SQL scripts have come. The partition is murmur2 of the tenant_id and the count that of
     * {@link #TENANT_STATUS_CHANGED}, so that who folds the one partition has the other. Small segments: only closed ones are
     * compacted, and all but a tenant's last record is of no use to anybody.
     */
    public static final Topic<String, OnboardingProgress> ONBOARDING_PROGRESS = new Topic<>(
            "onboarding-progress",
            Serdes.String(),
            new JsonSerde<>(OnboardingProgress.class),
            Map.of("cleanup.policy", "compact", "segment.bytes", "67108864", "segment.ms", "3600000"));

    /** Out: the current row of each tenant, for services that keep a table of their own. */
    public static final Topic<String, TenantStatus> TENANT_STATUS =
            new Topic<>("tenant-status", Serdes.String(), new JsonSerde<>(TenantStatus.class), COMPACTED);

    private Topics() {}

    /**
     * The partition of a key, as Kafka's Java producer would choose it (murmur2 of the UTF-8 bytes).
     *
     * @param partitions the topic's partition count, 1 or more
     */
    public static int partitionOf(String key, int partitions) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(bytes)) % partitions;
    }
}
