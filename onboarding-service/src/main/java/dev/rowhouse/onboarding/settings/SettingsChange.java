package dev.rowhouse.onboarding.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rowhouse.schema.SaasId;
import java.util.Map;
import java.util.TreeMap;

/**
 * One record of the settings topic: the parts that changed together. What is null did not change. A document is one
 * record with every part, so that no onboarding ever sees half of it, nor of two documents put at once a mixture.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SettingsChange(
        SaasId saasId,
        Boolean enabled,
        Settings.Role role,
        Settings.Artifact template,
        Map<String, String> parameters,
        Settings.Artifact sql,
        Settings.Database database) {

    /** The change that leads to exactly these settings, whatever was before. */
    static SettingsChange to(Settings settings) {
        return new SettingsChange(
                settings.saasId(),
                settings.enabled(),
                settings.role(),
                settings.template(),
                new TreeMap<>(settings.parameters()),
                settings.sql(),
                settings.database());
    }
}
