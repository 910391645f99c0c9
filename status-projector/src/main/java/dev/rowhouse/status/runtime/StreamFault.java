package dev.rowhouse.status.runtime;

import org.apache.kafka.common.errors.RetriableException;

/** What kind of fault ended a stream thread. */
enum StreamFault {
    /** A new thread goes on from what is committed. */
    PASSING,
    /** A new thread would meet the same: a broken assumption, a refused right, a full disk. */
    LASTING;

    /** A fault passes when Kafka says so of any of its causes: Streams wraps what it gives up on. */
    static StreamFault of(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException) {
                return PASSING;
            }
        }
        return LASTING;
    }
}
