package dev.rowhouse.schema;

import java.time.Instant;
import java.util.Map;

/**
 * A tenant was created: the order to build its environment. Topic {@link Topics#TENANT_CREATED}.
 *
 * @param tenantId the tenant, unique across the deployment
 * @param tenantName what people call it; the {@code tenant_id} where absent; at most {@value #MAX_NAME} characters
 * @param saasId the SaaS whose settings apply; {@code default} where absent
 * @param attributes what else the producer says of the tenant, any JSON values by name
 * @param createdAt when the tenant was created; may be null on input
 */
public record TenantCreated(
        TenantId tenantId, String tenantName, SaasId saasId, Map<String, Object> attributes, Instant createdAt) {

    /** The {@code saas_id} of an event that names none. */
    public static final SaasId DEFAULT_SAAS = new SaasId("default");

    /** The longest name, in characters. */
    public static final int MAX_NAME = 256;

    public TenantCreated {
        Checks.tenant(tenantId);
        tenantName = tenantName == null || tenantName.isBlank() ? tenantId.value() : tenantName;
        Checks.text("tenant_name", tenantName);
        int characters = tenantName.codePointCount(0, tenantName.length());
        if (characters > MAX_NAME) {
            throw new IllegalArgumentException(
                    "tenant_name has " + characters + " characters; at most " + MAX_NAME + " are allowed");
        }
        saasId = saasId == null ? DEFAULT_SAAS : saasId;
        attributes = JsonValues.copyOf("attributes", attributes, text -> Checks.text("attributes", text));
    }

    /** The same event with a time of creation, where it had none. */
    public TenantCreated createdAtOr(Instant time) {
        return createdAt != null ? this : new TenantCreated(tenantId, tenantName, saasId, attributes, time);
    }
}
