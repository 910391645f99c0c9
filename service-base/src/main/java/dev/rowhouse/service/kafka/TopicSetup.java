package dev.rowhouse.service.kafka;

import dev.rowhouse.service.config.KafkaSettings;
import dev.rowhouse.service.config.TopicDefaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
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
    private static final String CLEANUP = "cleanup.policy";

    private final KafkaSettings kafka;
    private final TopicDefaults defaults;
    private final Duration patience;

    /** @param patience how long to wait for a broker, and for a topic just made to be known everywhere */
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
     * @throws UnusableTopicsException naming each difference
     */
    public Map<String, Integer> ensure(List<TopicPlan> plans) throws InterruptedException {
        Deadline deadline = new Deadline(patience);
        try (Admin admin = Admin.create(adminProperties())) {
            Map<String, TopicDescription> found = existing(admin, plans, deadline);
            create(
                    admin,
                    plans.stream()
                            .filter(plan -> !found.containsKey(plan.topic().name()))
                            .toList(),
                    deadline);
            Map<String, TopicDescription> all = awaitAll(admin, plans, deadline);
            refuse(plans, all, configs(admin, plans, deadline));
            return all.values().stream()
                    .collect(Collectors.toMap(
                            TopicDescription::name, topic -> topic.partitions().size()));
        }
    }

    private Map<String, Object> adminProperties() {
        Map<String, Object> properties = kafka.clientProperties("rowhouse-topic-setup");
        // Each try is short: our own loop keeps trying, and says so, until the patience is at its end.
        properties.put("default.api.timeout.ms", "5000");
        properties.put("request.timeout.ms", "4000");
        return properties;
    }

    private Map<String, TopicDescription> existing(Admin admin, List<TopicPlan> plans, Deadline deadline)
            throws InterruptedException {
        Map<String, TopicDescription> found = new HashMap<>();
        for (TopicPlan plan : plans) {
            String name = plan.topic().name();
            try {
                found.put(
                        name,
                        await(
                                deadline,
                                () -> admin.describeTopics(List.of(name))
                                        .topicNameValues()
                                        .get(name)));
            } catch (UnknownTopicOrPartitionException e) {
                LOG.debug("topic {} is missing", name);
            }
        }
        return found;
    }

    private void create(Admin admin, List<TopicPlan> missing, Deadline deadline) throws InterruptedException {
        for (TopicPlan plan : missing) {
            NewTopic topic = new NewTopic(plan.topic().name(), plan.partitions(), defaults.replicationFactor());
            Map<String, String> config = new TreeMap<>(plan.topic().config());
            config.putIfAbsent("min.insync.replicas", Integer.toString(defaults.minInSyncReplicas()));
            topic.configs(config);
            try {
                await(deadline, () -> admin.createTopics(List.of(topic)).all());
                LOG.info("created topic {} with {} partitions, {}", topic.name(), topic.numPartitions(), config);
            } catch (TopicExistsException e) {
                LOG.debug("topic {} was made by somebody else meanwhile", topic.name());
            }
        }
    }

    /** A topic just made is not known to every broker at once. */
    private Map<String, TopicDescription> awaitAll(Admin admin, List<TopicPlan> plans, Deadline deadline)
            throws InterruptedException {
        while (true) {
            Map<String, TopicDescription> found = existing(admin, plans, deadline);
            if (found.size() == plans.size()) {
                return found;
            }
            if (deadline.isOver()) {
                Set<String> missing =
                        plans.stream().map(plan -> plan.topic().name()).collect(Collectors.toSet());
                missing.removeAll(found.keySet());
                throw new IllegalStateException("created topics do not show after " + patience + ": " + missing);
            }
            deadline.pause();
        }
    }

    private Map<String, Config> configs(Admin admin, List<TopicPlan> plans, Deadline deadline)
            throws InterruptedException {
        List<ConfigResource> resources = plans.stream()
                .map(plan -> new ConfigResource(
                        ConfigResource.Type.TOPIC, plan.topic().name()))
                .toList();
        Map<ConfigResource, Config> found =
                await(deadline, () -> admin.describeConfigs(resources).all());
        return found.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
    }

    private static void refuse(
            List<TopicPlan> plans, Map<String, TopicDescription> topics, Map<String, Config> configs) {
        List<String> differences = new ArrayList<>();
        for (TopicPlan plan : plans) {
            String name = plan.topic().name();
            int partitions = topics.get(name).partitions().size();
            if (plan.count() == TopicPlan.Count.EXACT && partitions != plan.partitions()) {
                differences.add(name + " has " + partitions + " partitions, needed are " + plan.partitions()
                        + ": set rowhouse.topics.partitions to what the topics were made with");
            }
            String wanted = plan.topic().config().get(CLEANUP);
            ConfigEntry actual = configs.get(name).get(CLEANUP);
            if (wanted != null && !wanted.equals(actual.value())) {
                differences.add(name + " has " + CLEANUP + "=" + actual.value() + ", needed is " + wanted
                        + ": alter the topic's configuration");
            }
        }
        if (!differences.isEmpty()) {
            throw new UnusableTopicsException(differences);
        }
    }

    /** Asks until it is answered; a broker that is away for a moment does not stop a start. */
    private <T> T await(Deadline deadline, Supplier<KafkaFuture<T>> question) throws InterruptedException {
        while (true) {
            try {
                return question.get().get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException unknown) {
                    throw unknown;
                }
                if (!(e.getCause() instanceof RetriableException)) {
                    throw e.getCause() instanceof KafkaException kafkaException
                            ? kafkaException
                            : new KafkaException(e.getCause());
                }
                if (deadline.isOver()) {
                    throw new KafkaUnreachableException(kafka.bootstrapServers(), patience, e.getCause());
                }
                LOG.info(
                        "waiting for a broker at {}: {}",
                        kafka.bootstrapServers(),
                        e.getCause().getMessage());
                deadline.pause();
            }
        }
    }
}
