/** A real Kafka broker as a child process. */
package dev.rowhouse.sandbox.kafka;
