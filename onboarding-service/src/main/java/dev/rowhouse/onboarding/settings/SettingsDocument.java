package dev.rowhouse.onboarding.settings;

import dev.rowhouse.schema.SaasId;
import java.util.List;
import java.util.Map;

/**
 * Settings as a builder registers them, in one document. A field that is not listed here is refused: a mistyped name would
 * otherwise be lost without a word.
 *
 * @param enabled whether tenants may be onboarded; false where absent
 * @param roleArn the role in the builder's account
 * @param roleExternalId its external ID; may be absent
 * @param cloudformationRoleArn what CloudFormation acts as; may be absent
 * @param region where the stacks are made
 * @param capabilities acknowledged for the template
 * @param template the CloudFormation template, YAML or JSON
 * @param parameters its values by name
 * @param sql the script for a new tenant's database; may be empty
 * @param database how to reach it; may be absent
 */
public record SettingsDocument(
        Boolean enabled,
        String roleArn,
        String roleExternalId,
        String cloudformationRoleArn,
        String region,
        List<String> capabilities,
        String template,
        Map<String, String> parameters,
        String sql,
        Settings.Database database) {

    public SettingsDocument {
        enabled = enabled != null && enabled;
        capabilities = capabilities == null ? List.of() : List.copyOf(capabilities);
        parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
        sql = sql == null ? "" : sql;
        database = database == null ? new Settings.Database(null, null) : database;
    }

    /** What is to be put, without the bodies and the version. */
    public Settings settings(SaasId saas) {
        return new Settings(
                saas,
                0,
                enabled,
                new Settings.Role(roleArn, roleExternalId, cloudformationRoleArn, region, capabilities),
                null,
                parameters,
                null,
                database);
    }
}
