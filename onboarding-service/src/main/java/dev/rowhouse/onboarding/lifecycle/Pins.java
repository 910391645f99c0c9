package dev.rowhouse.onboarding.lifecycle;

/**
 * What an attempt holds fast, so that a repeated step repeats the same thing.
 *
 * @param settingsVersion the version of the SaaS's settings
 * @param passwordNonce random, distinguishes this tenant's generated passwords from those of another life of the same id
 * @param passwordKeyId the key of the key ring that generated passwords are derived from
 */
public record Pins(long settingsVersion, String passwordNonce, String passwordKeyId) {}
