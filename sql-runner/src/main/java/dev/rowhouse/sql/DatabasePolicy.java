package dev.rowhouse.sql;

import dev.rowhouse.sql.connect.AddressRange;
import dev.rowhouse.sql.connect.AddressRules.Loopback;
import dev.rowhouse.sql.connect.ByteLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What databases may do to us, and how hard we try.
 *
 * @param allowedPrivateCidrs private networks (RFC 1918, 100.64.0.0/10, ULA) that databases may be in; link-local, loopback and
 *     the like stay refused
 * @param loopback whether databases may be on this machine: in the sandbox alone
 * @param caFile the CAs that vouch for databases, in PEM; without one, those the JVM trusts
 * @param bytes how much a server may send
 * @param loginWithin how long one try to connect and log in may take
 * @param loginPatience for how long a refused login is tried again: a new server may refuse a user it is about to create
 * @param lockPoll how long to wait before asking again whether another owner has finished
 * @param poolSize how many scripts run at once; each takes a thread, waiting takes none
 */
public record DatabasePolicy(
        Set<AddressRange> allowedPrivateCidrs,
        Loopback loopback,
        Optional<Path> caFile,
        ByteLimits bytes,
        Duration loginWithin,
        Duration loginPatience,
        Duration lockPoll,
        int poolSize) {

    public DatabasePolicy {
        allowedPrivateCidrs = Set.copyOf(allowedPrivateCidrs);
        if (poolSize < 1) {
            throw new IllegalArgumentException("poolSize is " + poolSize + "; it must be at least 1");
        }
    }

    /** No private networks, no loopback, the JVM's CAs, 8 scripts at once. */
    public static DatabasePolicy standard() {
        return new DatabasePolicy(
                Set.of(),
                Loopback.REFUSED,
                Optional.empty(),
                ByteLimits.standard(),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                8);
    }

    public DatabasePolicy withAllowedPrivateCidrs(Set<AddressRange> cidrs) {
        return new DatabasePolicy(cidrs, loopback, caFile, bytes, loginWithin, loginPatience, lockPoll, poolSize);
    }

    public DatabasePolicy withLoopback(Loopback fate) {
        return new DatabasePolicy(
                allowedPrivateCidrs, fate, caFile, bytes, loginWithin, loginPatience, lockPoll, poolSize);
    }

    public DatabasePolicy withCaFile(Path pem) {
        return new DatabasePolicy(
                allowedPrivateCidrs, loopback, Optional.of(pem), bytes, loginWithin, loginPatience, lockPoll, poolSize);
    }

    public DatabasePolicy withBytes(ByteLimits limits) {
        return new DatabasePolicy(
                allowedPrivateCidrs, loopback, caFile, limits, loginWithin, loginPatience, lockPoll, poolSize);
    }

    public DatabasePolicy withLoginWithin(Duration time) {
        return new DatabasePolicy(
                allowedPrivateCidrs, loopback, caFile, bytes, time, loginPatience, lockPoll, poolSize);
    }

    public DatabasePolicy withLoginPatience(Duration time) {
        return new DatabasePolicy(allowedPrivateCidrs, loopback, caFile, bytes, loginWithin, time, lockPoll, poolSize);
    }

    public DatabasePolicy withLockPoll(Duration time) {
        return new DatabasePolicy(
                allowedPrivateCidrs, loopback, caFile, bytes, loginWithin, loginPatience, time, poolSize);
    }

    public DatabasePolicy withPoolSize(int size) {
        return new DatabasePolicy(
                allowedPrivateCidrs, loopback, caFile, bytes, loginWithin, loginPatience, lockPoll, size);
    }
}
