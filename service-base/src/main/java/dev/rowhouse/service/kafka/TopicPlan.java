package dev.rowhouse.service.kafka;

import dev.rowhouse.schema.Topic;

/**
 * A topic as a service needs it.
 *
 * @param topic its name and the settings it is created with
 * @param partitions how many it is created with
 * @param count what an existing topic must have
 */
public record TopicPlan(Topic<?, ?> topic, int partitions, Count count) {

    /** What an existing topic's partition count must be. */
    public enum Count {
        /** As planned: our state is laid out by it. */
        EXACT,
        /** Any: others may have made the topic. */
        ANY
    }

    /** A topic of our own, whose count never changes. */
    public static TopicPlan own(Topic<?, ?> topic, int partitions) {
        return new TopicPlan(topic, partitions, Count.EXACT);
    }

    /** A topic that is shared with other services. */
    public static TopicPlan shared(Topic<?, ?> topic, int partitions) {
        return new TopicPlan(topic, partitions, Count.ANY);
    }
}
