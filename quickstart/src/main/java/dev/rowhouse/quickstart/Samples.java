package dev.rowhouse.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Two SaaSes that differ in their SQL, and a tenant of each: one completes, the other fails at a mistake. */
final class Samples {

    static final String GOOD_SAAS = "sample";
    static final String BROKEN_SAAS = "sample-with-a-mistake";

    private Samples() {}

    static Map<String, Object> settings(String saas) {
        return Map.of(
                "enabled", true,
                "role_arn", House.ROLE_ARN,
                "role_external_id", House.EXTERNAL_ID,
                "region", House.REGION,
                "capabilities", List.of(),
                "template", text("template.yaml"),
                "parameters", Map.of("DbPass", "{{generated_password}}"),
                "sql", text(saas.equals(GOOD_SAAS) ? "script.sql" : "script-with-a-mistake.sql"),
                "database", Map.of("tls", "verify-full", "access", "direct"));
    }

    static Map<String, Object> tenant(String id, String name, String saas) {
        return Map.of("tenant_id", id, "tenant_name", name, "saas_id", saas);
    }

    /** The identifier that the template gives a tenant's database. */
    static String database(String tenant) {
        return "house-" + tenant;
    }

    private static String text(String resource) {
        try (InputStream in = Samples.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
