package dev.rowhouse.onboarding.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rowhouse.schema.SaasId;
import java.util.List;
import java.util.Map;

/**
 * Settings as a builder registers them, in one document. Null where the document says nothing.
 *
 * @param enabled whether tenants may be onboarded
 * @param roleArn the role in the builder's account
 * @param roleExternalId its external ID
 * @param cloudformationRoleArn what CloudFormation acts as; may be absent
 * @param region where the stacks are made
 * @param capabilities acknowledged for the template; none where absent
 * @param template the CloudFormation template, YAML or JSON
 * @param parameters its values by name; none where absent
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
        capabilities = capabilities == null ? List.of() : List.copyOf(capabilities);
        parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
        database = database == null ? new Settings.Database(null, null) : database;
    }

    /**
     * Reads a document.
     *
     * @param json an object
     * @param problems where problems are added: fields of the wrong type, and fields that settings do not have
     */
    static SettingsDocument read(JsonNode json, List<SettingsProblem> problems) {
        DocumentFields fields = new DocumentFields(json, problems);
        SettingsDocument document = new SettingsDocument(
                fields.flag("enabled"),
                fields.text("role_arn"),
                fields.text("role_external_id"),
                fields.text("cloudformation_role_arn"),
                fields.text("region"),
                fields.texts("capabilities"),
                fields.text("template"),
                fields.textsByName("parameters"),
                fields.text("sql"),
                database(fields.object("database")));
        fields.refuseOthers();
        return document;
    }

    private static Settings.Database database(DocumentFields fields) {
        if (fields == null) {
            return null;
        }
        Settings.Database database = new Settings.Database(fields.text("tls"), fields.text("access"));
        fields.refuseOthers();
        return database;
    }

    /** What is to be put, without the bodies and the version; of a document without problems. */
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

    /** Not the texts: they are long, and the parameters may be nobody's business. */
    @Override
    public String toString() {
        return "SettingsDocument[" + roleArn + ", " + region + "]";
    }
}
