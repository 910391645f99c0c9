package dev.rowhouse.onboarding.loop;

import dev.rowhouse.onboarding.intake.Inbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions this process owns. Kafka tells it inside {@code poll}, on the loop's thread; restoring happens on another,
 * and what it read is taken in between polls.
 *
 * <p>A partition that goes is dropped at once, states and all. The broker fences members of the group and not partitions: for
 * as long as this member lives, nothing but this would keep it from writing about a partition that is another's by now.
 */
final class Ownership implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

    /** A predecessor's open transaction ends within its timeout and the broker's next scan: this is well past both. */
    private static final Duration RESTORES_WITHIN = Duration.ofSeconds(60);

    private static final Duration RETRIES_AFTER = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final PartitionRestorer restorer;
    private final ScheduledExecutorService restoring;
    private final Clock clock;
    private final Map<Integer, OwnedPartition> owned = new HashMap<>();
    private final ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();

    private record Outcome(OwnedPartition partition, PartitionRestorer.Restored restored, Throwable fault) {}

    Ownership(
            Consumer<byte[], byte[]> consumer,
            PartitionRestorer restorer,
            ScheduledExecutorService restoring,
            Clock clock) {
        this.consumer = consumer;
        this.restorer = restorer;
        this.restoring = restoring;
        this.clock = clock;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        for (TopicPartition partition : partitions) {
            OwnedPartition taken = new OwnedPartition(partition.partition(), clock.instant());
            owned.put(taken.number(), taken);
            restoring.execute(() -> restore(taken));
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            OwnedPartition gone = owned.remove(partition.partition());
            if (gone != null) {
                gone.lose();
                LOG.atInfo().addKeyValue("partition", gone.number()).log("given up");
            }
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        onPartitionsRevoked(partitions);
    }

    /**
     * Takes in the partitions whose states have been read since the last call, and lets their input flow.
     *
     * <p>One whose state cannot be read stays paused, and is tried again now and then: its tenants wait, all others go on.
     *
     * @return these partitions
     */
    List<OwnedPartition> adoptRestored() {
        List<OwnedPartition> adopted = new ArrayList<>();
        for (Outcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
            OwnedPartition partition = outcome.partition();
            if (partition.isLost()) {
                continue;
            }
            if (outcome.fault() != null) {
                putOff(partition, outcome.fault());
                continue;
            }
            partition.restore(outcome.restored());
            consumer.seek(topicPartition(partition), partition.nextOffset());
            consumer.resume(List.of(topicPartition(partition)));
            adopted.add(partition);
            LOG.atInfo()
                    .addKeyValue("partition", partition.number())
                    .log(
                            "taken over at offset {} with {} running",
                            partition.nextOffset(),
                            partition.running().size());
        }
        return adopted;
    }

    OwnedPartition partition(int number) {
        OwnedPartition partition = owned.get(number);
        if (partition == null || !partition.isRestored()) {
            throw new IllegalStateException("partition " + number + " of the inbox gave a record, but "
                    + (partition == null ? "is not owned" : "its states are not restored"));
        }
        return partition;
    }

    /** Goes back to what is not yet taken account of. */
    void rewind() {
        for (OwnedPartition partition : owned.values()) {
            if (partition.isRestored()) {
                consumer.seek(topicPartition(partition), partition.nextOffset());
            }
        }
    }

    /** Whether the states of all that is owned are known. */
    boolean isRestored() {
        return owned.values().stream().allMatch(OwnedPartition::isRestored);
    }

    /** What keeps partitions from being taken over, one sentence each. */
    List<String> hindered() {
        Instant longAgo = clock.instant().minus(RESTORES_WITHIN);
        return owned.values().stream()
                .flatMap(partition -> partition.hindrance(longAgo).stream())
                .toList();
    }

    /** Nothing of this session is wanted any more. */
    void loseAll() {
        owned.values().forEach(OwnedPartition::lose);
        owned.clear();
    }

    private void putOff(OwnedPartition partition, Throwable fault) {
        LOG.atError()
                .addKeyValue("partition", partition.number())
                .setCause(fault)
                .log("cannot be taken over; tried again in {} s", RETRIES_AFTER.toSeconds());
        partition.hinderedBy(fault.getMessage() == null ? fault.toString() : fault.getMessage());
        restoring.schedule(() -> restore(partition), RETRIES_AFTER.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void restore(OwnedPartition partition) {
        try {
            outcomes.add(new Outcome(partition, restorer.restore(partition), null));
        } catch (RuntimeException | Error e) {
            // Told to the loop, which tries again later; on this pool it would vanish without a word.
            outcomes.add(new Outcome(partition, null, e));
        }
    }

    private static TopicPartition topicPartition(OwnedPartition partition) {
        return new TopicPartition(Inbox.TOPIC.name(), partition.number());
    }
}
