package dev.rowhouse.onboarding;

/** What this service's events name as their CloudEvents {@code source}. */
public final class EventSource {

    public static final String URI = "/onboarding-service";

    private EventSource() {}
}
