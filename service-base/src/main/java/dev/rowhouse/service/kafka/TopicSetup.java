package dev.rowhouse.service.kafka;

import dev.rowhouse.service.config.KafkaSettings;
import dev.rowhouse.service.config.TopicDefaults;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics that are missing and refuses those that cannot work.
 *
 * <p>Several instances may do this at once: whoever comes second finds the topic there and checks it like any other.
 */
public final class TopicSetup {

    private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);

    private final KafkaSettings kafka;
    private final TopicDefaults defaults;
    private final Duration patience;

    /** @param patience how long to wait for a broker, and for topics just made to be known everywhere */
    public TopicSetup(KafkaSettings kafka, TopicDefaults defaults, Duration patience) {
        this.kafka = kafka;
        this.defaults = defaults;
        this.patience = patience;
    }

    /**
     * Sees to it that every topic is there and can work.
     *
     * @return the partition count of each, by name
     * @throws KafkaUnreachableException when no broker answers in time
     * @throws KafkaRefusedException when one answers and refuses, or the settings for it cannot work
     * @throws UnusableTopicsException naming each difference
     */
    public Map<String, Integer> ensure(List<TopicPlan> plans) throws InterruptedException {
        try (PatientAdmin admin = new PatientAdmin(kafka, patience)) {
            return ensure(admin, plans);
        } catch (KafkaException e) {
            throw new KafkaRefusedException(kafka.bootstrapServers(), e);
        }
    }

    private Map<String, Integer> ensure(PatientAdmin admin, List<TopicPlan> plans) throws InterruptedException {
        Map<String, Integer> found = partitions(admin, plans);
        // First, since beside topics of another count a new one would be made with the wrong count for good.
        refuseDifferences(
                admin,
                plans.stream()
                        .filter(plan -> found.containsKey(plan.topic().name()))
                        .toList(),
                found);
        List<TopicPlan> missing = plans.stream()
                .filter(plan -> !found.containsKey(plan.topic().name()))
                .toList();
        if (missing.isEmpty()) {
            return found;
        }
        for (TopicPlan plan : missing) {
            create(admin, plan);
        }
        Map<String, Integer> partitions = awaitAll(admin, plans);
        refuseDifferences(admin, missing, partitions);
        return partitions;
    }

    private static void refuseDifferences(PatientAdmin admin, List<TopicPlan> plans, Map<String, Integer> partitions)
            throws InterruptedException {
        TopicDifferences differences = new TopicDifferences();
        differences.compareCounts(plans, partitions);
        for (TopicPlan plan : plans) {
            differences.compareConfig(plan, config(admin, plan.topic().name()));
        }
        differences.refuseAny();
    }

    /** One question a topic: a question for several is answered with an error when one of them is missing. */
    private static Map<String, Integer> partitions(PatientAdmin admin, List<TopicPlan> plans)
            throws InterruptedException {
        Map<String, Integer> found = new HashMap<>();
        for (TopicPlan plan : plans) {
            String name = plan.topic().name();
            try {
                TopicDescription topic = admin.ask(kafka ->
                        kafka.describeTopics(List.of(name)).topicNameValues().get(name));
                found.put(name, topic.partitions().size());
            } catch (UnknownTopicOrPartitionException e) {
                LOG.debug("topic {} is missing", name);
            }
        }
        return found;
    }

    private void create(PatientAdmin admin, TopicPlan plan) throws InterruptedException {
        Map<String, String> config = new TreeMap<>(plan.topic().config());
        config.putIfAbsent("min.insync.replicas", Integer.toString(defaults.minInSyncReplicas()));
        NewTopic topic =
                new NewTopic(plan.topic().name(), plan.partitions(), defaults.replicationFactor()).configs(config);
        try {
            admin.ask(kafka -> kafka.createTopics(List.of(topic)).all());
            LOG.info("created topic {} with {} partitions, {}", topic.name(), topic.numPartitions(), config);
        } catch (TopicExistsException e) {
            LOG.debug("topic {} was made by somebody else meanwhile", topic.name());
        }
    }

    /** A topic just made is not known to every broker at once. */
    private Map<String, Integer> awaitAll(PatientAdmin admin, List<TopicPlan> plans) throws InterruptedException {
        while (true) {
            Map<String, Integer> found = partitions(admin, plans);
            if (found.size() == plans.size()) {
                return found;
            }
            if (admin.isOver()) {
                Set<String> missing =
                        plans.stream().map(plan -> plan.topic().name()).collect(Collectors.toCollection(HashSet::new));
                missing.removeAll(found.keySet());
                throw new IllegalStateException(
                        "topics were created and do not show within " + patience.toSeconds() + " s: " + missing);
            }
            admin.pause();
        }
    }

    private static Map<String, String> config(PatientAdmin admin, String name) throws InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Config config = admin.ask(
                kafka -> kafka.describeConfigs(List.of(resource)).values().get(resource));
        Map<String, String> values = new HashMap<>();
        config.entries().forEach(entry -> values.put(entry.name(), entry.value()));
        return values;
    }
}
