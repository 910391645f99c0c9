package dev.rowhouse.onboarding.settings;

/**
 * A mistake in a registration.
 *
 * @param field where, for example {@code role_arn} or {@code parameters.DbName}
 * @param message what is wrong and how to mend it
 */
public record SettingsProblem(String field, String message) {}
