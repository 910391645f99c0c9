package dev.rowhouse.onboarding.settings;

/** Where builders' settings are registered. Thread-safe. */
public interface SettingsRegister extends SettingsStore {

    /**
     * Registers settings as a whole.
     *
     * @param wanted its version and artifacts are ignored: they are given here
     * @return what is in force now; where nothing differs, no version is made
     * @throws SettingsUnavailableException when they could not be written; they may have been all the same, and putting them
     *     again is harmless
     */
    Settings put(Settings wanted, String template, String sql);
}
