package dev.rowhouse.onboarding.loop;

import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.schema.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A partition of the inbox while this process owns it: the states of its tenants, and the offset to go on at.
 *
 * <p>Owned anew it is a new object, so that whatever refers to the old one is known to be late. All but {@link #isLost} is
 * for the loop's thread alone.
 */
final class OwnedPartition {

    private final int number;
    private final Instant since;
    private final Map<TenantId, Onboarding> states = new HashMap<>();
    private final Map<TenantId, StepTicket> tickets = new HashMap<>();
    private boolean restored;
    private String hinderedBy;
    private long nextOffset;
    private volatile boolean lost;

    OwnedPartition(int number, Instant since) {
        this.number = number;
        this.since = since;
    }

    int number() {
        return number;
    }

    /** Whether the states are there; until then nothing may be decided. */
    boolean isRestored() {
        return restored;
    }

    void restore(PartitionRestorer.Restored from) {
        states.putAll(from.states());
        nextOffset = from.nextOffset();
        restored = true;
    }

    void hinderedBy(String fault) {
        hinderedBy = fault;
    }

    /** Why it is not restored; nothing while that may just take its time. */
    Optional<String> hindrance(Instant longAgo) {
        if (restored) {
            return Optional.empty();
        }
        String partition = "partition " + number + " of " + Journal.TOPIC.name();
        if (hinderedBy != null) {
            return Optional.of(partition + " cannot be taken over, its tenants wait: " + hinderedBy);
        }
        return since.isBefore(longAgo)
                ? Optional.of(
                        partition + " is being restored since " + since + ": look for a transaction that hangs on it")
                : Optional.empty();
    }

    /** The offset of the first record of the inbox that is not yet taken account of. */
    long nextOffset() {
        return nextOffset;
    }

    void advanceTo(long offset) {
        nextOffset = offset;
    }

    Onboarding state(TenantId tenant) {
        return states.get(tenant);
    }

    List<Onboarding> running() {
        return states.values().stream().filter(Onboarding::isRunning).toList();
    }

    /** The only way a state changes. Withdraws the step that the new state has behind it. */
    void apply(Onboarding next) {
        TenantId tenant = next.tenant().id();
        Onboarding previous = states.put(tenant, next);
        if (previous != null && !previous.sameStepAs(next)) {
            StepTicket ticket = tickets.remove(tenant);
            if (ticket != null) {
                ticket.withdraw();
            }
        }
    }

    void started(TenantId tenant, StepTicket ticket) {
        StepTicket previous = tickets.put(tenant, ticket);
        if (previous != null) {
            throw new IllegalStateException("tenant " + tenant + " in partition " + number
                    + ": a step was started while another one was still wanted");
        }
    }

    boolean hasTicket(TenantId tenant) {
        return tickets.containsKey(tenant);
    }

    /** Another process may own the partition from now on. */
    void lose() {
        lost = true;
        tickets.values().forEach(StepTicket::withdraw);
        // Late reports may hold on to this object for a while; not to all its tenants.
        tickets.clear();
        states.clear();
    }

    boolean isLost() {
        return lost;
    }
}
