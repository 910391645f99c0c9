package dev.rowhouse.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A SaaS for each engine, whose tenants complete, and one whose tenants fail at a mistake in its SQL. */
final class Samples {

    static final String GOOD_SAAS = "sample";
    static final String MYSQL_SAAS = "sample-mysql";
    static final String BROKEN_SAAS = "sample-with-a-mistake";

    private Samples() {}

    static Map<String, Object> settings(String saas) {
        return Map.of(
                "enabled", true,
                "role_arn", House.ROLE_ARN,
                "role_external_id", House.EXTERNAL_ID,
                "region", House.REGION,
                "capabilities", List.of(),
                "template", text(saas.equals(MYSQL_SAAS) ? "template-mysql.yaml" : "template-postgres.yaml"),
                "parameters", Map.of("DbPass", "{{generated_password}}"),
                "sql", text(script(saas)),
                "database", Map.of("tls", "verify-full", "access", "direct"));
    }

    private static String script(String saas) {
        return switch (saas) {
            case GOOD_SAAS -> "script-postgres.sql";
            case MYSQL_SAAS -> "script-mysql.sql";
            default -> "script-with-a-mistake.sql";
        };
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
