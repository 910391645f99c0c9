package dev.rowhouse.onboarding.lifecycle;

import java.util.Locale;

/**
 * The steps of an attempt, in order. Each is harmless to repeat, by two owners at once if need be; what makes it so is
 * told where the step is carried out.
 */
public enum Step {
    /** Choose the version of the SaaS's settings that the attempt uses. */
    PIN_SETTINGS,
    /** Ask CloudFormation for the stack. */
    CREATE_STACK,
    /** Follow the stack to its end. */
    WATCH_STACK,
    /** Run the SaaS's SQL in the tenant's database. */
    RUN_SQL;

    /** The name in failures and logs. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
