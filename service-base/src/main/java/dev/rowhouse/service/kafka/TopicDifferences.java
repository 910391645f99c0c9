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
     * Topics of one count are read and written side by side, partition by partition: where they disagree among each other, no
     * setting can mend it.
     *
     * @param partitions of each as it is, by name
     */
    void compareCounts(List<TopicPlan> plans, Map<String, Integer> partitions) {
        List<TopicPlan> exact = plans.stream()
                .filter(plan -> plan.count() == TopicPlan.Count.EXACT)
                .toList();
        for (TopicPlan plan : exact) {
            String name = plan.topic().name();
            int actual = partitions.get(name);
            if (actual != plan.partitions()) {
                List<String> others = exact.stream()
                        .filter(other -> other.partitions() == plan.partitions())
                        .map(other -> other.topic().name())
                        .filter(other -> partitions.get(other) != actual)
                        .map(other -> other + " has " + partitions.get(other))
                        .toList();
                found.add(name + " has " + actual + " partitions, "
                        + (others.isEmpty() ? otherThan(plan.partitions()) : otherThan(others)));
            }
        }
    }

    private static String otherThan(int needed) {
        return "needed are " + needed
                + ": its count never changes, so set rowhouse.topics.partitions to what the topics" + " were made with";
    }

    private static String otherThan(List<String> others) {
        return "but " + String.join(", ", others) + ", and they must all have the same: keep those that hold data"
                + " (tenant-status-changed, onboarding-journal, onboarding-inbox), have"
                + " rowhouse.topics.partitions agree with them, and delete the others, which are made anew";
    }

    /** @param config as it is, the broker's defaults included */
    void compareConfig(TopicPlan plan, Map<String, String> config) {
        String name = plan.topic().name();
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
