package dev.rowhouse.service.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares topics as they are with topics as they must be. */
final class TopicDifferences {

    /** Settings of which an existing topic may have more, never less; -1 is without limit. */
    private static final Set<String> AT_LEAST = Set.of("retention.ms", "retention.bytes", "max.message.bytes");

    private final List<String> found = new ArrayList<>();

    /**
     * @param partitions as it is
     * @param config as it is, the broker's defaults included
     */
    void compare(TopicPlan plan, int partitions, Map<String, String> config) {
        String name = plan.topic().name();
        if (plan.count() == TopicPlan.Count.EXACT && partitions != plan.partitions()) {
            found.add(name + " has " + partitions + " partitions, needed are " + plan.partitions()
                    + ": its count never changes, so set rowhouse.topics.partitions to what the topics were made with");
        }
        plan.topic().config().forEach((setting, needed) -> {
            String actual = config.get(setting);
            if (setting.equals("cleanup.policy") && !needed.equals(actual)) {
                found.add(name + " has cleanup.policy=" + actual + ", needed is " + needed
                        + ": alter the topic's configuration");
            }
            if (plan.count() == TopicPlan.Count.EXACT && AT_LEAST.contains(setting) && isLess(actual, needed)) {
                found.add(name + " has " + setting + "=" + actual + ", needed is "
                        + (needed.equals("-1") ? "-1 (without limit)" : "at least " + needed)
                        + ": alter the topic's configuration");
            }
        });
    }

    private static boolean isLess(String actual, String needed) {
        if (actual == null) {
            return false;
        }
        long is = Long.parseLong(actual);
        long must = Long.parseLong(needed);
        return is >= 0 && (must < 0 || is < must);
    }

    /** @throws UnusableTopicsException when any was found */
    void refuseAny() {
        if (!found.isEmpty()) {
            throw new UnusableTopicsException(found);
        }
    }
}
