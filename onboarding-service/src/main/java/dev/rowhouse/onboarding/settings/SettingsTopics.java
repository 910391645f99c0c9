package dev.rowhouse.onboarding.settings;

import dev.rowhouse.schema.JsonSerde;
import dev.rowhouse.schema.Topic;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;

/** The private topics of settings. One partition each: their order is what a version is. */
public final class SettingsTopics {

    /** Every change of every SaaS, kept without limit: a running onboarding holds fast to an old version. */
    public static final Topic<String, SettingsChange> SETTINGS = new Topic<>(
            "saas-settings",
            Serdes.String(),
            new JsonSerde<>(SettingsChange.class),
            Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1"));

    /** Templates and scripts by content, in parts. */
    public static final Topic<String, byte[]> ARTIFACTS =
            new Topic<>("saas-artifacts", Serdes.String(), Serdes.ByteArray(), Map.of("cleanup.policy", "compact"));

    static final TopicPartition SETTINGS_PARTITION = new TopicPartition(SETTINGS.name(), 0);
    static final TopicPartition ARTIFACTS_PARTITION = new TopicPartition(ARTIFACTS.name(), 0);

    private SettingsTopics() {}
}
