package dev.rowhouse.onboarding.loop;

import dev.rowhouse.onboarding.EventSource;
import dev.rowhouse.onboarding.intake.DeadLetter;
import dev.rowhouse.onboarding.intake.Inbox;
import dev.rowhouse.onboarding.lifecycle.Decision;
import dev.rowhouse.onboarding.lifecycle.Fact;
import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.onboarding.lifecycle.Signal;
import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.TenantStatusChanged;
import dev.rowhouse.schema.Topics;
import dev.rowhouse.schema.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one turn of the loop decided: records to commit, then states to apply. Decisions of the same turn see each other; the
 * partitions' states stay untouched until {@link #apply}. For the loop's thread alone.
 */
final class Turn {

    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

    private final Instant now;
    private final int statusPartitions;
    private final Map<OwnedPartition, Map<TenantId, Moved>> next = new LinkedHashMap<>();
    private final Map<OwnedPartition, Long> offsets = new HashMap<>();
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final List<TenantStatusChanged> transitions = new ArrayList<>();

    /** A state and its record for the journal. */
    private record Moved(Onboarding state, ProducerRecord<byte[], byte[]> journal) {}

    Turn(Instant now, int statusPartitions) {
        this.now = now;
        this.statusPartitions = statusPartitions;
    }

    /** Takes a record of the inbox in. */
    void take(OwnedPartition partition, ConsumerRecord<byte[], byte[]> record) {
        try {
            Signal signal = new Signal.Created(Inbox.read(record));
            Decision decision = signal.decide(state(partition, signal.tenantId()), now);
            if (decision.conflict() != null) {
                park(record, FailureCode.TENANT_CONFLICT.wire(), decision.conflict());
            }
            record(partition, decision);
        } catch (UnreadableEventException e) {
            park(record, e.code(), e.getMessage());
        } catch (RuntimeException e) {
            // A defect of ours must cost this one input only, and must be seen: all others go on.
            LOG.error("no decision for {}", record.topic() + "/" + record.partition() + "/" + record.offset(), e);
            park(record, FailureCode.INTERNAL.wire(), "no decision could be made; the log says why");
        }
        offsets.put(partition, record.offset() + 1);
    }

    /** Takes in what a step reported. */
    void take(OwnedPartition partition, Signal signal) {
        Onboarding current = state(partition, signal.tenantId());
        try {
            record(partition, signal.decide(current, now));
        } catch (RuntimeException e) {
            // As above: this onboarding ends in error, visibly; the others go on.
            LOG.atError()
                    .addKeyValue("tenant", signal.tenantId())
                    .setCause(e)
                    .log("no decision for {}", signal.getClass().getSimpleName());
            String step = current.stepRun().step().wire();
            Failure failure = new Failure(
                    FailureCode.INTERNAL, step, "no decision could be made; the log says why", false, Map.of());
            record(partition, new Fact.StepFailed(failure).decide(current, now));
        }
    }

    boolean isEmpty() {
        return offsets.isEmpty() && next.isEmpty();
    }

    List<ProducerRecord<byte[], byte[]>> records() {
        List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>(records);
        // Of several states of a tenant only the last is worth a record.
        next.values().forEach(states -> states.values().forEach(moved -> all.add(moved.journal())));
        return all;
    }

    /** Of every partition whose input or state moved: an unmoved offset is committed too, because it is what is fenced. */
    Map<TopicPartition, OffsetAndMetadata> offsets() {
        Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
        next.keySet().forEach(partition -> all.put(inbox(partition), new OffsetAndMetadata(partition.nextOffset())));
        offsets.forEach((partition, offset) -> all.put(inbox(partition), new OffsetAndMetadata(offset)));
        return all;
    }

    /** After the commit. */
    void apply() {
        offsets.forEach(OwnedPartition::advanceTo);
        next.forEach((partition, states) -> states.values().forEach(moved -> partition.apply(moved.state())));
        transitions.forEach(Turn::log);
    }

    /** The onboardings whose state changed and that have a step to be carried out. */
    Map<OwnedPartition, List<Onboarding>> running() {
        Map<OwnedPartition, List<Onboarding>> running = new HashMap<>();
        next.forEach((partition, states) -> running.put(
                partition,
                states.values().stream()
                        .map(Moved::state)
                        .filter(Onboarding::isRunning)
                        .toList()));
        return running;
    }

    private Onboarding state(OwnedPartition partition, TenantId tenant) {
        Moved decided = next.getOrDefault(partition, Map.of()).get(tenant);
        return decided != null ? decided.state() : partition.state(tenant);
    }

    private void record(OwnedPartition partition, Decision decision) {
        if (decision.next() == null) {
            return;
        }
        // All that may fail comes before the first change: what cannot be written costs its own input only.
        Onboarding state = decision.next();
        ProducerRecord<byte[], byte[]> journal = Journal.record(partition.number(), state);
        List<ProducerRecord<byte[], byte[]>> events =
                decision.events().stream().map(this::record).toList();
        next.computeIfAbsent(partition, p -> new LinkedHashMap<>())
                .put(state.tenant().id(), new Moved(state, journal));
        records.addAll(events);
        transitions.addAll(decision.events());
    }

    private ProducerRecord<byte[], byte[]> record(TenantStatusChanged event) {
        String tenant = event.tenantId().value();
        return new ProducerRecord<>(
                Topics.TENANT_STATUS_CHANGED.name(),
                Topics.partitionOf(tenant, statusPartitions),
                null,
                tenant.getBytes(StandardCharsets.UTF_8),
                Topics.TENANT_STATUS_CHANGED.value().serializer().serialize(Topics.TENANT_STATUS_CHANGED.name(), event),
                EventType.TENANT_STATUS_CHANGED.headers(
                        tenant + "/" + event.sequence(), EventSource.URI, event.tenantId(), event.occurredAt()));
    }

    private void park(ConsumerRecord<byte[], byte[]> record, String reason, String message) {
        records.add(new DeadLetter(record, reason, message).toRecord());
    }

    private static TopicPartition inbox(OwnedPartition partition) {
        return new TopicPartition(Inbox.TOPIC.name(), partition.number());
    }

    private static void log(TenantStatusChanged event) {
        var line = event.failure() == null ? LOG.atInfo() : LOG.atWarn();
        line.addKeyValue("tenant", event.tenantId())
                .addKeyValue("saas", event.saasId())
                .addKeyValue("stage", event.tenantOnboardingStatus().wire())
                .addKeyValue("attempt", event.attempt());
        if (event.failure() == null) {
            line.log("entered");
        } else {
            line.log("{}: {}", event.failure().code().wire(), event.failure().message());
        }
    }
}
