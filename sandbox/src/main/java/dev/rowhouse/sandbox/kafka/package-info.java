/** A real Kafka broker, from Maven artifacts, as a child process. Knows nothing of anyone's topics. */
package dev.rowhouse.sandbox.kafka;
