package dev.rowhouse.onboarding.settings;

/** Kafka did not answer in time, so the settings could not be read or written just now; the same call may succeed later. */
public final class SettingsUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SettingsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
