package dev.rowhouse.schema;

import java.util.Map;
import org.apache.kafka.common.serialization.Serde;

/**
 * A topic: its name, what its keys and values are, and the settings it needs to work.
 *
 * @param name the name on the broker
 * @param key of the keys
 * @param value of the values
 * @param config the topic-level settings it is created with; an existing topic with another {@code cleanup.policy}
 *     cannot work
 */
public record Topic<K, V>(String name, Serde<K> key, Serde<V> value, Map<String, String> config) {

    public Topic {
        config = Map.copyOf(config);
    }
}
