package dev.rowhouse.onboarding.settings;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rowhouse.schema.SaasId;
import java.util.Map;

/**
 * One record of the settings topic: the parts that changed together. What is null did not change. A document that changes
 * several parts is one record, so that no onboarding ever sees half of it.
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

    @JsonIgnore
    boolean isEmpty() {
        return enabled == null
                && role == null
                && template == null
                && parameters == null
                && sql == null
                && database == null;
    }
}
