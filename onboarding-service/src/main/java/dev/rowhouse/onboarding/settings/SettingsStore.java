package dev.rowhouse.onboarding.settings;

import dev.rowhouse.schema.SaasId;
import java.util.Optional;

/** Where steps find a SaaS's settings. Thread-safe. */
public interface SettingsStore {

    /** The latest that this instance has read. */
    Optional<Settings> current(SaasId saas);

    /**
     * The latest there is, as of this call: reads to the end first. "There are none" may only be said after this.
     *
     * @throws SettingsUnavailableException when the end was not reached in time
     */
    Optional<Settings> freshest(SaasId saas);

    /** What an onboarding pinned. */
    Optional<Settings> version(SaasId saas, long version);

    /**
     * A template or a script.
     *
     * @throws SettingsUnavailableException when it could not be read in time
     * @throws IllegalStateException when it is missing or was altered
     */
    String artifact(Settings.Artifact artifact);
}
