package dev.rowhouse.onboarding.http;

import dev.rowhouse.schema.SaasId;
import dev.rowhouse.schema.TenantId;
import java.util.Map;

/** The body of a request to create a tenant; see {@link dev.rowhouse.schema.TenantCreated} for what each field means. */
record NewTenant(TenantId tenantId, String tenantName, SaasId saasId, Map<String, Object> attributes) {}
