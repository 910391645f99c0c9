package dev.rowhouse.sandbox.aws.cloudformation;

import java.time.Instant;

/**
 * One line of a stack's history.
 *
 * @param number counts a stack's events
 * @param physicalId empty while the resource has none
 * @param reason null where there is none
 * @param properties as JSON, {@code NoEcho} masked; null for the stack itself
 * @param token the client request token of the call behind it; null if it had none
 */
record StackEvent(
        long number,
        String eventId,
        Instant at,
        String logicalId,
        String physicalId,
        String type,
        String status,
        String reason,
        String properties,
        String token) {}
