/** What both services need of Kafka beside producing and consuming: their topics, made or checked at start. */
package dev.rowhouse.service.kafka;
