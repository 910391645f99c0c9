package dev.rowhouse.schema;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A kind of event: its record, and its CloudEvents 1.0 attributes in Kafka's binary content mode.
 *
 * <p>Source of the header names: CloudEvents Kafka Protocol Binding 1.0.2, section 3.2.
 *
 * @param type the {@code ce_type}, for example {@code dev.rowhouse.tenant-created.v1}
 * @param record the record of its {@code data}
 * @param maxBytes the largest value read, in bytes
 */
public record EventType<T>(String type, Class<T> record, int maxBytes) {

    /** The largest value read of what others send, in bytes. */
    public static final int MAX_BYTES = 256 * 1024;

    // What we write repeats the attributes that came in and adds to them, so it may be larger; brokers stop at 1 MiB.
    private static final int MAX_BYTES_WRITTEN = 1024 * 1024;

    private static final String TYPE_HEADER = "ce_type";

    /** The order to onboard a tenant. */
    public static final EventType<TenantCreated> TENANT_CREATED =
            new EventType<>("dev.rowhouse.tenant-created.v1", TenantCreated.class, MAX_BYTES);

    /** The command to try again. */
    public static final EventType<RetryOnboarding> RETRY_ONBOARDING =
            new EventType<>("dev.rowhouse.retry-onboarding.v1", RetryOnboarding.class, MAX_BYTES);

    /** One transition. */
    public static final EventType<TenantStatusChanged> TENANT_STATUS_CHANGED =
            new EventType<>("dev.rowhouse.tenant-status-changed.v1", TenantStatusChanged.class, MAX_BYTES_WRITTEN);

    /** How far a script has come. */
    public static final EventType<OnboardingProgress> ONBOARDING_PROGRESS =
            new EventType<>("dev.rowhouse.onboarding-progress.v1", OnboardingProgress.class, MAX_BYTES);

    /** A tenant's row. */
    public static final EventType<TenantStatus> TENANT_STATUS =
            new EventType<>("dev.rowhouse.tenant-status.v1", TenantStatus.class, MAX_BYTES_WRITTEN);

    /**
     * The headers of one event.
     *
     * @param id unique per source; the same for the same event written again
     * @param source who wrote it, a URI reference such as {@code /onboarding-service}
     * @param subject what it is about: the tenant_id
     * @param time when it occurred
     */
    public Headers headers(String id, String source, TenantId subject, Instant time) {
        Headers headers = new RecordHeaders();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", id);
        add(headers, "ce_source", source);
        add(headers, TYPE_HEADER, type);
        add(headers, "ce_subject", subject.value());
        add(headers, "ce_time", time.toString());
        add(headers, "content-type", "application/json");
        return headers;
    }

    /**
     * Reads an event somebody else wrote: with CloudEvents headers, or bare JSON.
     *
     * @throws UnreadableEventException when it is not one; its code and message say why
     */
    public T read(Headers headers, byte[] value) throws UnreadableEventException {
        return read(headers, value, maxBytes);
    }

    /** Reads an event that we wrote again: the same numbers and letters may take more bytes than they came with. */
    public T readCopy(Headers headers, byte[] value) throws UnreadableEventException {
        return read(headers, value, MAX_BYTES_WRITTEN);
    }

    private T read(Headers headers, byte[] value, int atMost) throws UnreadableEventException {
        String declared = typeOf(headers);
        if (declared != null && !declared.equals(type)) {
            throw new UnreadableEventException(
                    "unexpected_type", "ce_type is '" + declared + "' where '" + type + "' belongs");
        }
        if (value == null) {
            throw new UnreadableEventException("no_value", "the record has no value; send the event as JSON");
        }
        if (value.length > atMost) {
            throw new UnreadableEventException(
                    "too_large", "the record has " + value.length + " bytes; at most " + atMost + " are read");
        }
        try {
            T event = Json.mapper().readValue(value, record);
            if (event == null) {
                throw new UnreadableEventException(
                        "invalid_event", "the value is null; send the event as a JSON object");
            }
            return event;
        } catch (IOException e) {
            throw UnreadableEventException.of(e);
        }
    }

    /** The {@code ce_type} that the headers declare; null when they declare none. */
    public static String typeOf(Headers headers) {
        Header header = headers.lastHeader(TYPE_HEADER);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
