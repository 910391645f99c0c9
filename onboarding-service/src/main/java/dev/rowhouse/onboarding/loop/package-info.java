/**
 * The onboarding loop: decide, commit, apply, act.
 *
 * <p>One thread owns a consumer of the inbox, a transactional producer and the states of its partitions. Steps run
 * elsewhere and come back as signals. Knows Kafka and {@code lifecycle}; knows nothing of AWS, SQL or HTTP.
 */
package dev.rowhouse.onboarding.loop;
