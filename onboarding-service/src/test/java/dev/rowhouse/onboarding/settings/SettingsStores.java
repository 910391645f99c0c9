package dev.rowhouse.onboarding.settings;

import java.time.Duration;
import java.util.Map;

/** Stores with settings that only tests want. */
public final class SettingsStores {

    private SettingsStores() {}

    /** Gives up on a broker that does not answer after some seconds, for tests that make one hang. */
    public static KafkaSettingsStore impatient(Map<String, Object> common) {
        return new KafkaSettingsStore(common, Duration.ofSeconds(5));
    }
}
