package dev.rowhouse.onboarding.step;

import dev.rowhouse.onboarding.lifecycle.Fact;
import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.onboarding.lifecycle.Pins;
import dev.rowhouse.onboarding.settings.Settings;
import dev.rowhouse.onboarding.settings.SettingsStore;
import dev.rowhouse.onboarding.stack.KeyRing;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import dev.rowhouse.schema.SaasId;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Chooses the settings. Harmless to repeat: it reads only, and of two choices the one that is committed first holds.
 */
final class PinSettings implements BlockingStep {

    private final SettingsStore settings;
    private final KeyRing keys;
    private final Supplier<String> nonces;

    PinSettings(SettingsStore settings, KeyRing keys, Supplier<String> nonces) {
        this.settings = settings;
        this.keys = keys;
        this.nonces = nonces;
    }

    @Override
    public Fact run(Onboarding onboarding) {
        SaasId saas = onboarding.tenant().saasId();
        Settings chosen = settings.current(saas)
                .filter(Settings::enabled)
                // Said to be missing only by the topic as it stands now: they may have come just before the tenant.
                .or(() -> TenantPlans.reading(() -> settings.freshest(saas)).filter(Settings::enabled))
                .orElseThrow(() -> missing(onboarding, saas));
        return new Fact.SettingsPinned(new Pins(chosen.version(), nonces.get(), keys.currentKeyId()));
    }

    private static FailureException missing(Onboarding onboarding, SaasId saas) {
        return new FailureException(new Failure(
                FailureCode.SETTINGS_MISSING,
                onboarding.stepRun().step().wire(),
                "No settings are enabled for SaaS " + saas + ": register them, then retry",
                false,
                Map.of("saas_id", saas.value())));
    }
}
