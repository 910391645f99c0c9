package dev.rowhouse.onboarding.loop;

import dev.rowhouse.onboarding.intake.Inbox;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
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

    private final Consumer<byte[], byte[]> consumer;
    private final PartitionRestorer restorer;
    private final ExecutorService restoring;
    private final Clock clock;
    private final Map<Integer, OwnedPartition> owned = new HashMap<>();
    private final ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();

    private record Outcome(OwnedPartition partition, PartitionRestorer.Restored restored, RuntimeException fault) {}

    Ownership(Consumer<byte[], byte[]> consumer, PartitionRestorer restorer, ExecutorService restoring, Clock clock) {
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
     * @return these partitions
     * @throws RuntimeException what a restore failed with
     */
    List<OwnedPartition> adoptRestored() {
        List<OwnedPartition> adopted = new ArrayList<>();
        for (Outcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
            OwnedPartition partition = outcome.partition();
            if (partition.isLost()) {
                continue;
            }
            if (outcome.fault() != null) {
                throw outcome.fault();
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

    List<OwnedPartition> all() {
        return List.copyOf(owned.values());
    }

    /** Nothing of this session is wanted any more. */
    void loseAll() {
        owned.values().forEach(OwnedPartition::lose);
        owned.clear();
    }

    private void restore(OwnedPartition partition) {
        try {
            outcomes.add(new Outcome(partition, restorer.restore(partition), null));
        } catch (RuntimeException e) {
            // Told to the loop, which gives the session up and starts anew: see adoptRestored.
            outcomes.add(new Outcome(partition, null, e));
        }
    }

    private static TopicPartition topicPartition(OwnedPartition partition) {
        return new TopicPartition(Inbox.TOPIC.name(), partition.number());
    }
}
