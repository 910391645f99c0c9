package dev.rowhouse.service.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.schema.Topics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicDifferencesTest {

    private static final List<TopicPlan> PLANS = List.of(
            TopicPlan.own(Topics.TENANT_STATUS_CHANGED, 4),
            TopicPlan.own(Topics.ONBOARDING_PROGRESS, 4),
            TopicPlan.shared(Topics.TENANT_CREATED, 4));

    private final TopicDifferences differences = new TopicDifferences();

    @Test
    void topicsOfTheSameOtherCountAreMendedByTheSetting() {
        differences.compareCounts(PLANS, counts(3, 3));

        assertThatThrownBy(differences::refuseAny)
                .isInstanceOf(UnusableTopicsException.class)
                .hasMessageEndingWith(
                        "onboarding-progress has 3 partitions, needed are 4: its count never changes, so set"
                                + " rowhouse.topics.partitions to what the topics were made with");
    }

    @Test
    void ofTopicsThatMustBeAlikeAndAreNotItIsSaidWhichToKeep() {
        differences.compareCounts(PLANS, counts(4, 3));

        assertThatThrownBy(differences::refuseAny)
                .isInstanceOf(UnusableTopicsException.class)
                .hasMessageEndingWith(
                        "onboarding-progress has 3 partitions, but tenant-status-changed has 4, and they must"
                                + " all have the same: keep those that hold data (tenant-status-changed,"
                                + " onboarding-journal, onboarding-inbox), have rowhouse.topics.partitions"
                                + " agree with them, and delete the others, which are made anew");
    }

    private static Map<String, Integer> counts(int transitions, int progress) {
        return Map.of("tenant-status-changed", transitions, "onboarding-progress", progress, "tenant-created", 7);
    }
}
