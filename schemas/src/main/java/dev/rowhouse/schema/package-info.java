/**
 * What other services depend on to produce and consume Rowhouse's events: the records, their JSON form, their topics.
 *
 * <p>Knows Jackson and Kafka's serdes and nothing else; in particular nothing of how an onboarding is carried out.
 */
package dev.rowhouse.schema;
