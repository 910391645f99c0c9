package dev.rowhouse.onboarding.http;

import dev.rowhouse.onboarding.settings.Settings;
import dev.rowhouse.schema.SaasId;
import java.util.List;
import java.util.Map;

/** Settings as they are shown: the document that was registered, with template and SQL by hash and size. */
record SettingsView(
        SaasId saasId,
        long version,
        boolean enabled,
        String roleArn,
        String roleExternalId,
        String cloudformationRoleArn,
        String region,
        List<String> capabilities,
        Settings.Artifact template,
        Map<String, String> parameters,
        Settings.Artifact sql,
        Settings.Database database) {

    static SettingsView of(Settings settings) {
        Settings.Role role = settings.role();
        return new SettingsView(
                settings.saasId(),
                settings.version(),
                settings.enabled(),
                role.roleArn(),
                role.roleExternalId(),
                role.cloudformationRoleArn(),
                role.region(),
                role.capabilities(),
                settings.template(),
                settings.parameters(),
                settings.sql(),
                settings.database());
    }
}
