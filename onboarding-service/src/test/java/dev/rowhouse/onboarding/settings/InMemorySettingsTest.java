package dev.rowhouse.onboarding.settings;

class InMemorySettingsTest extends SettingsRegisterContract {

    private final InMemorySettings settings = new InMemorySettings();

    @Override
    SettingsRegister register() {
        return settings;
    }
}
