package dev.rowhouse.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class EventTypeTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final byte[] BARE = utf8("{\"tenant_id\":\"acme\"}");

    @Test
    void writesTheCloudEventsHeadersOfBinaryMode() {
        Headers headers =
                EventType.TENANT_CREATED.headers("id-1", "/somewhere", ACME, Instant.parse("2026-01-31T09:30:00Z"));

        assertThat(text(headers))
                .isEqualTo(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "id-1",
                        "ce_source", "/somewhere",
                        "ce_type", "dev.rowhouse.tenant-created.v1",
                        "ce_subject", "acme",
                        "ce_time", "2026-01-31T09:30:00Z",
                        "content-type", "application/json"));
    }

    @Test
    void readsWhatItDeclares() throws UnreadableEventException {
        Headers headers = EventType.TENANT_CREATED.headers("id-1", "/somewhere", ACME, Instant.EPOCH);

        assertThat(EventType.TENANT_CREATED.read(headers, BARE).tenantId()).isEqualTo(ACME);
    }

    @Test
    void readsBareJson() throws UnreadableEventException {
        TenantCreated event = EventType.TENANT_CREATED.read(new RecordHeaders(), BARE);

        assertThat(event).isEqualTo(new TenantCreated(ACME, "acme", new SaasId("default"), Map.of(), null));
    }

    @Test
    void readsAttributesAsDeepAsAllowedAndNoDeeper() throws UnreadableEventException {
        assertThat(EventType.TENANT_CREATED
                        .read(new RecordHeaders(), nested(64))
                        .attributes())
                .isNotEmpty();

        for (int depth : new int[] {65, 990}) {
            assertThatThrownBy(() -> EventType.TENANT_CREATED.read(new RecordHeaders(), nested(depth)))
                    .isInstanceOf(UnreadableEventException.class)
                    .hasMessageContaining("attributes is nested more than 64 deep");
        }
    }

    private static byte[] nested(int depth) {
        return utf8("{\"tenant_id\":\"acme\",\"attributes\":{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1)
                + "}}");
    }

    @Test
    void readsAnEventWhoseTypeHeaderHasNoValue() throws UnreadableEventException {
        Headers headers = new RecordHeaders().add("ce_type", null);

        assertThat(EventType.TENANT_CREATED.read(headers, BARE).tenantId()).isEqualTo(ACME);
    }

    @Test
    void refusesAnotherType() {
        Headers headers = new RecordHeaders().add("ce_type", utf8("com.example.tenant.v1"));

        assertRefused(headers, BARE, "unexpected_type")
                .hasMessage("ce_type is 'com.example.tenant.v1' where 'dev.rowhouse.tenant-created.v1' belongs");
    }

    @Test
    void refusesARecordWithoutAValue() {
        assertRefused(new RecordHeaders(), null, "no_value")
                .hasMessage("the record has no value; send the event as JSON");
    }

    @Test
    void readsAnEventOfExactlyTheLargestSize() throws UnreadableEventException {
        byte[] largest = eventOf(EventType.MAX_BYTES);

        assertThat(EventType.TENANT_CREATED.read(new RecordHeaders(), largest).tenantId())
                .isEqualTo(ACME);
    }

    @Test
    void refusesOneByteMore() {
        assertRefused(new RecordHeaders(), eventOf(EventType.MAX_BYTES + 1), "too_large")
                .hasMessage("the record has 262145 bytes; at most 262144 are read");
    }

    @Test
    void readsATransitionOfATenantWithTheLargestAttributes() throws Exception {
        TenantCreated created = EventType.TENANT_CREATED.read(new RecordHeaders(), eventOf(EventType.MAX_BYTES));
        TenantStatusChanged change = new TenantStatusChanged(
                ACME,
                created.saasId(),
                created.tenantName(),
                created.attributes(),
                OnboardingStatus.SETUP_CFN_IN_PROGRESS,
                null,
                1,
                1,
                Instant.EPOCH,
                null,
                null);
        byte[] written = Json.mapper().writeValueAsBytes(change);

        assertThat(written).hasSizeGreaterThan(EventType.MAX_BYTES);
        assertThat(EventType.TENANT_STATUS_CHANGED.read(new RecordHeaders(), written))
                .isEqualTo(change);
    }

    @Test
    void refusesBytesThatAreNoText() {
        assertRefused(new RecordHeaders(), new byte[] {(byte) 0xff, (byte) 0xfe, 0x01, 0x02, 0x03}, "invalid_json");
    }

    @Test
    void saysWhereTheJsonEndsAndNothingOfHowItIsRead() {
        assertRefused(new RecordHeaders(), utf8("{"), "invalid_json")
                .hasMessage("not JSON: Unexpected end-of-input: expected close marker for Object (line 1, column 2)");
    }

    @Test
    void doesNotRepeatTheInputInTheRefusal() {
        assertRefused(new RecordHeaders(), utf8("{\"tenant_id\":\"acme\",\"attributes\":\"hunter2\"}"), "invalid_event")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void namesTheLimitThatIsExceeded() {
        String event = "{\"tenant_id\":\"acme\",\"attributes\":{%s}}";

        assertRefused(new RecordHeaders(), utf8(event.formatted("\"" + "n".repeat(50_001) + "\":1")), "invalid_event")
                .hasMessageMatching("Name length \\(50001\\) exceeds the maximum allowed \\(50000\\).*");
        assertRefused(new RecordHeaders(), utf8(event.formatted("\"n\":" + "1".repeat(1_001))), "invalid_event")
                .hasMessageMatching("Number value length \\(1001\\) exceeds the maximum allowed \\(1000\\).*");
    }

    @Test
    void readsWhatGrewWhenItWasWrittenAgain() throws Exception {
        String start = "{\"tenant_id\":\"acme\",\"attributes\":{\"a\":[1e5";
        String numbers = ",1e5".repeat((EventType.MAX_BYTES - start.length() - 3) / 4);
        TenantCreated event = EventType.TENANT_CREATED.read(new RecordHeaders(), utf8(start + numbers + "]}}"));
        byte[] again = Json.mapper().writeValueAsBytes(event);

        assertThat(again).hasSizeGreaterThan(EventType.MAX_BYTES);
        assertThat(EventType.TENANT_CREATED.readCopy(new RecordHeaders(), again))
                .isEqualTo(event);
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(Headers headers, byte[] value, String code) {
        return assertThatThrownBy(() -> EventType.TENANT_CREATED.read(headers, value))
                .isInstanceOfSatisfying(
                        UnreadableEventException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static byte[] eventOf(int bytes) {
        String start = "{\"tenant_id\":\"acme\",\"attributes\":{\"a\":\"";
        String end = "\"}}";
        return utf8(start + "x".repeat(bytes - start.length() - end.length()) + end);
    }

    private static Map<String, String> text(Headers headers) {
        Map<String, String> text = new TreeMap<>();
        for (Header header : headers) {
            text.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return text;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
