package dev.rowhouse.onboarding.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.rowhouse.schema.SaasId;
import java.util.List;
import java.util.Map;

/**
 * A SaaS's settings at one version.
 *
 * @param saasId the SaaS
 * @param version 1, 2, …: the ordinal of the change that led here
 * @param enabled whether tenants may be onboarded
 * @param role whom to act as
 * @param template the CloudFormation template
 * @param parameters its values, by name; may hold placeholders
 * @param sql the script for a new tenant's database
 * @param database how to reach it
 */
public record Settings(
        SaasId saasId,
        long version,
        boolean enabled,
        Role role,
        Artifact template,
        Map<String, String> parameters,
        Artifact sql,
        Database database) {

    public Settings {
        parameters = Map.copyOf(parameters);
    }

    /**
     * The IAM role in the builder's account, and how to use it.
     *
     * @param roleArn what we assume
     * @param roleExternalId told when assuming it; null where none is registered
     * @param cloudformationRoleArn what CloudFormation acts as; null for the caller's own session
     * @param region where the stacks are made
     * @param capabilities acknowledged for the template
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Role(
            String roleArn,
            String roleExternalId,
            String cloudformationRoleArn,
            String region,
            List<String> capabilities) {
        public Role {
            capabilities = capabilities == null
                    ? List.of()
                    : capabilities.stream().sorted().distinct().toList();
        }
    }

    /**
     * A text kept by its content.
     *
     * @param sha256 of its UTF-8 bytes, in lower-case hex
     * @param size in bytes
     */
    public record Artifact(@JsonProperty("sha256") String sha256, int size) {}

    /**
     * How to reach a tenant's database.
     *
     * @param tls {@code verify-full}, {@code verify-ca}, {@code require} or {@code off}
     * @param access {@code direct}
     */
    public record Database(String tls, String access) {
        public Database {
            tls = tls == null ? "verify-full" : tls;
            access = access == null ? "direct" : access;
        }
    }

    /** The state after a change; {@code before} is null for a SaaS's first. */
    static Settings after(Settings before, SettingsChange change) {
        Settings base = before != null
                ? before
                : new Settings(change.saasId(), 0, false, null, null, Map.of(), null, new Database(null, null));
        return new Settings(
                change.saasId(),
                base.version() + 1,
                or(change.enabled(), base.enabled()),
                or(change.role(), base.role()),
                or(change.template(), base.template()),
                or(change.parameters(), base.parameters()),
                or(change.sql(), base.sql()),
                or(change.database(), base.database()));
    }

    /** The same settings with these texts. */
    Settings with(Artifact newTemplate, Artifact newSql) {
        return new Settings(saasId, version, enabled, role, newTemplate, parameters, newSql, database);
    }

    /** Whether the two differ in nothing but their version. */
    boolean saysTheSameAs(Settings other) {
        return equals(new Settings(
                other.saasId,
                version,
                other.enabled,
                other.role,
                other.template,
                other.parameters,
                other.sql,
                other.database));
    }

    private static <T> T or(T changed, T unchanged) {
        return changed != null ? changed : unchanged;
    }
}
