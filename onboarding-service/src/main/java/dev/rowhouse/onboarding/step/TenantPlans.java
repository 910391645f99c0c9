package dev.rowhouse.onboarding.step;

import dev.rowhouse.onboarding.account.AccountAccess;
import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.onboarding.lifecycle.PassingFaultException;
import dev.rowhouse.onboarding.lifecycle.Pins;
import dev.rowhouse.onboarding.lifecycle.Tenant;
import dev.rowhouse.onboarding.settings.Settings;
import dev.rowhouse.onboarding.settings.SettingsStore;
import dev.rowhouse.onboarding.settings.SettingsUnavailableException;
import dev.rowhouse.onboarding.stack.KeyRing;
import dev.rowhouse.onboarding.stack.ParameterValues;
import dev.rowhouse.onboarding.stack.Template;
import java.util.function.Supplier;

/** Works out what a tenant is to get: the same each time for the same pins. Thread-safe. */
final class TenantPlans {

    private final String deployment;
    private final SettingsStore settings;
    private final KeyRing keys;

    TenantPlans(String deployment, SettingsStore settings, KeyRing keys) {
        this.deployment = deployment;
        this.settings = settings;
        this.keys = keys;
    }

    /**
     * @throws PassingFaultException when the settings cannot be read just now
     * @throws dev.rowhouse.onboarding.lifecycle.FailureException when the parameters cannot be filled
     */
    TenantPlan of(Onboarding onboarding) {
        return reading(() -> {
            Settings pinned = pinned(onboarding);
            String text = settings.artifact(pinned.template());
            Template template = Template.parse(text);
            return new TenantPlan(
                    pinned,
                    access(pinned),
                    text,
                    template,
                    ParameterValues.fill(
                            template,
                            pinned.parameters(),
                            onboarding.tenant(),
                            parameter -> password(onboarding, parameter)));
        });
    }

    /** The script of the pinned settings. */
    String script(Onboarding onboarding) {
        return reading(() -> settings.artifact(pinned(onboarding).sql()));
    }

    static <T> T reading(Supplier<T> question) {
        try {
            return question.get();
        } catch (SettingsUnavailableException e) {
            throw new PassingFaultException(e.getMessage(), e);
        }
    }

    private Settings pinned(Onboarding onboarding) {
        Tenant tenant = onboarding.tenant();
        long version = onboarding.pins().settingsVersion();
        return settings.version(tenant.saasId(), version)
                .or(() -> {
                    // Pinned by another instance that has read further than this one.
                    settings.freshest(tenant.saasId());
                    return settings.version(tenant.saasId(), version);
                })
                .orElseThrow(() -> new IllegalStateException("tenant " + tenant.id() + ", attempt "
                        + onboarding.attempt() + ": version " + version + " of the settings of " + tenant.saasId()
                        + " is gone"));
    }

    private String password(Onboarding onboarding, String parameter) {
        Tenant tenant = onboarding.tenant();
        Pins pins = onboarding.pins();
        return keys.password(
                pins.passwordKeyId(), deployment, tenant.saasId(), tenant.id(), parameter, pins.passwordNonce());
    }

    private static AccountAccess access(Settings settings) {
        Settings.Role role = settings.role();
        return new AccountAccess(role.roleArn(), role.roleExternalId(), role.region());
    }
}
