package dev.rowhouse.onboarding.loop;

import dev.rowhouse.onboarding.intake.Inbox;
import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.onboarding.lifecycle.Step;
import dev.rowhouse.onboarding.loop.StepTicket.StepSignal;
import dev.rowhouse.schema.Topics;
import dev.rowhouse.service.session.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop from joining the group to the first error that is beyond repair. */
final class LoopSession implements Session {

    private static final Logger LOG = LoggerFactory.getLogger(LoopSession.class);

    private static final int MAX_REPORTS_A_TURN = 1_000;
    private static final Duration IDLE_POLL = Duration.ofMillis(50);

    private final Map<Step, StepWork> steps;
    private final Clock clock;
    private final Admin admin;
    private final Consumer<byte[], byte[]> consumer;
    private final LoopProducer producer;
    private final ScheduledExecutorService restoring =
            Executors.newScheduledThreadPool(4, LoopSession::restoringThread);
    private final Ownership ownership;
    private final int statusPartitions;
    private final ConcurrentLinkedQueue<StepSignal> reports = new ConcurrentLinkedQueue<>();
    /** Reports taken from the queue whose commit was aborted; they come first in the next turn. */
    private final Deque<StepSignal> retained = new ArrayDeque<>();

    LoopSession(LoopClients clients, Map<Step, StepWork> steps, Clock clock) {
        this.steps = steps;
        this.clock = clock;
        this.producer = new LoopProducer(clients.producer());
        this.admin = clients.admin();
        this.consumer = clients.consumer();
        this.ownership =
                new Ownership(consumer, new PartitionRestorer(clients::restoringConsumer, admin), restoring, clock);
        try {
            this.statusPartitions = producer.partitionsOf(Topics.TENANT_STATUS_CHANGED.name());
            consumer.subscribe(List.of(Inbox.TOPIC.name()), ownership);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Settled as a member of the group that knows the states of all it owns, which may be nothing. */
    @Override
    public Optional<List<String>> notReady() {
        List<String> hindered = ownership.hindered();
        boolean settled = consumer.groupMetadata().generationId() >= 0 && ownership.isRestored();
        return settled || !hindered.isEmpty() ? Optional.of(hindered) : Optional.empty();
    }

    /** Polls, decides, commits, applies, starts steps. */
    @Override
    public boolean turn() {
        ConsumerRecords<byte[], byte[]> records =
                consumer.poll(reports.isEmpty() && retained.isEmpty() ? IDLE_POLL : Duration.ZERO);
        for (OwnedPartition adopted : ownership.adoptRestored()) {
            adopted.running().forEach(onboarding -> startStep(adopted, onboarding));
        }
        Turn turn = new Turn(clock.instant().truncatedTo(ChronoUnit.MILLIS), statusPartitions);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            turn.take(ownership.partition(record.partition()), record);
        }
        List<StepSignal> taken = takeReports(turn);
        return turn.isEmpty() || commit(turn, taken);
    }

    private List<StepSignal> takeReports(Turn turn) {
        List<StepSignal> taken = new ArrayList<>();
        while (taken.size() < MAX_REPORTS_A_TURN) {
            StepSignal report = retained.isEmpty() ? reports.poll() : retained.poll();
            if (report == null) {
                break;
            }
            if (!report.partition().isLost()) {
                turn.take(report.partition(), report.signal());
                taken.add(report);
            }
        }
        return taken;
    }

    private boolean commit(Turn turn, List<StepSignal> taken) {
        ConsumerGroupMetadata group = consumer.groupMetadata();
        try {
            if (group.generationId() < 0) {
                // Sent without a generation the offsets would be accepted from anyone: out of the group is fenced.
                throw new LoopProducer.AbortedException(null);
            }
            producer.commit(turn.records(), turn.offsets(), group);
        } catch (LoopProducer.AbortedException e) {
            LOG.warn("nothing was committed, trying again: {}", reason(e));
            for (int i = taken.size() - 1; i >= 0; i--) {
                retained.addFirst(taken.get(i));
            }
            ownership.rewind();
            return false;
        }
        turn.apply();
        turn.running()
                .forEach((partition, onboardings) ->
                        onboardings.forEach(onboarding -> startStep(partition, onboarding)));
        return true;
    }

    /** Starts the step, unless it is under way: a state can change without the step changing. */
    private void startStep(OwnedPartition partition, Onboarding onboarding) {
        if (!partition.hasTicket(onboarding.tenant().id())) {
            StepTicket ticket = new StepTicket(partition, onboarding, reports::add);
            partition.started(onboarding.tenant().id(), ticket);
            steps.get(onboarding.stepRun().step()).start(onboarding, ticket);
        }
    }

    private static String reason(LoopProducer.AbortedException e) {
        return e.getCause() == null ? "not a member of the group" : e.getCause().toString();
    }

    private static Thread restoringThread(Runnable work) {
        Thread thread = new Thread(work, "partition-restorer");
        thread.setDaemon(true);
        return thread;
    }

    /** Leaves the group, so that others take over at once; what is not committed is theirs to do again. */
    @Override
    public void close() {
        ownership.loseAll();
        restoring.shutdownNow();
        try (admin;
                producer) {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
        }
    }
}
