package dev.rowhouse.service.config;

/**
 * How the topics that are missing are created.
 *
 * @param partitions of the topics whose count is free; it never changes afterwards
 * @param replicationFactor copies of each partition
 */
public record TopicDefaults(int partitions, short replicationFactor) {

    /** Reads {@code rowhouse.topics.partitions} (6) and {@code rowhouse.topics.replication-factor} (1). */
    public static TopicDefaults read(ConfigReader reader) {
        return new TopicDefaults(reader.integer("rowhouse.topics.partitions", 1, 1000, 6), (short)
                reader.integer("rowhouse.topics.replication-factor", 1, 10, 1));
    }

    /** All copies but one must acknowledge, so that one broker can be lost without losing writes or stopping them. */
    public int minInSyncReplicas() {
        return Math.max(1, replicationFactor - 1);
    }
}
