package dev.rowhouse.onboarding.lifecycle;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantCreated;
import dev.rowhouse.schema.TenantId;
import java.util.Map;

/**
 * Whom an onboarding is for.
 *
 * @param id the tenant
 * @param saasId its SaaS
 * @param name its name; null once the onboarding completed, when nothing needs it any more
 * @param attributes as the event gave them; null once the onboarding completed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Tenant(TenantId id, SaasId saasId, String name, Map<String, Object> attributes) {

    static Tenant of(TenantCreated event) {
        return new Tenant(event.tenantId(), event.saasId(), event.tenantName(), event.attributes());
    }

    Tenant idsOnly() {
        return new Tenant(id, saasId, null, null);
    }
}
