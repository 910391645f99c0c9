package dev.rowhouse.status.http;

import dev.rowhouse.schema.TenantId;
import dev.rowhouse.service.http.ProblemException;
import dev.rowhouse.service.http.Routes;
import dev.rowhouse.status.query.NotReadyException;
import dev.rowhouse.status.query.StatusTable;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.function.Supplier;

/** {@code GET /api/v1/tenants} and {@code GET /api/v1/tenants/{tenant_id}}. */
public final class StatusRoutes implements Routes {

    /** The most rows of a list. */
    static final int LIST_LIMIT = 1_000;

    private static final String RETRY_SECONDS = "1";

    private final StatusTable table;

    public StatusRoutes(StatusTable table) {
        this.table = table;
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.get(
                "/api/v1/tenants", context -> context.json(Map.of("tenants", answered(() -> table.rows(LIST_LIMIT)))));
        routes.get("/api/v1/tenants/{tenant_id}", this::tenant);
    }

    private void tenant(Context context) {
        TenantId tenant = tenantId(context.pathParam("tenant_id"));
        context.json(answered(() -> table.row(tenant))
                .orElseThrow(() -> new ProblemException(404, "Not found", "No tenant is called " + tenant + ".")));
    }

    private static <T> T answered(Supplier<T> question) {
        try {
            return question.get();
        } catch (NotReadyException e) {
            throw new ProblemException(
                            503, "Not ready", "The status table cannot answer now: " + e.getMessage() + ". Ask again.")
                    .withHeader("Retry-After", RETRY_SECONDS);
        }
    }

    private static TenantId tenantId(String text) {
        try {
            return new TenantId(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(400, "Invalid tenant_id", e.getMessage());
        }
    }
}
