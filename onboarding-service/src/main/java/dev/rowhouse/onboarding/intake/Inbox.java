package dev.rowhouse.onboarding.intake;

import dev.rowhouse.schema.EventType;
import dev.rowhouse.schema.Json;
import dev.rowhouse.schema.TenantCreated;
import dev.rowhouse.schema.TenantId;
import dev.rowhouse.schema.Topic;
import dev.rowhouse.schema.Topics;
import dev.rowhouse.schema.UnreadableEventException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The private topic of accepted input.
 *
 * <p>Its partition is murmur2 of the tenant_id, given explicitly: producers in other languages place keys otherwise, and one
 * tenant must always meet the same owner.
 */
public final class Inbox {

    /** Thirty days are kept: input waits no longer than the longest outage somebody lets pass. */
    public static final Topic<byte[], byte[]> TOPIC = new Topic<>(
            "onboarding-inbox",
            Serdes.ByteArray(),
            Serdes.ByteArray(),
            Map.of("cleanup.policy", "delete", "retention.ms", "2592000000"));

    private Inbox() {}

    /** An accepted event as the inbox keeps it; remembers where it came from. */
    static ProducerRecord<byte[], byte[]> record(
            TenantCreated event, ConsumerRecord<byte[], byte[]> from, int partitions) {
        TenantId tenant = event.tenantId();
        Origin origin = Origin.of(from);
        Headers headers = EventType.TENANT_CREATED.headers(origin.toString(), "/intake", tenant, event.createdAt());
        origin.addTo(headers);
        return new ProducerRecord<>(
                TOPIC.name(),
                Topics.partitionOf(tenant.value(), partitions),
                null,
                tenant.value().getBytes(StandardCharsets.UTF_8),
                json(event),
                headers);
    }

    /** Reads an accepted event back. */
    public static TenantCreated read(ConsumerRecord<byte[], byte[]> record) throws UnreadableEventException {
        return EventType.TENANT_CREATED.readCopy(record.headers(), record.value());
    }

    private static byte[] json(TenantCreated event) {
        try {
            return Json.mapper().writeValueAsBytes(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
