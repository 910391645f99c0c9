package dev.rowhouse.onboarding.stack;

import java.util.regex.Pattern;

/** How placeholders are written in a parameter's value. */
public final class Placeholders {

    /** Any of them; group 1 is what stands between the braces. */
    public static final Pattern ANY = Pattern.compile("\\{\\{(.*?)}}");

    static final String GENERATED_PASSWORD = "{{generated_password}}";

    /** How a reference begins that CloudFormation resolves. */
    private static final String REFERENCE = "{{resolve:";

    private Placeholders() {}

    /** Holds a reference that CloudFormation resolves. */
    public static boolean hasReference(String value) {
        return value.contains(REFERENCE);
    }

    /** Holds one to the plain Parameter Store. */
    public static boolean hasStoreReference(String value) {
        return value.contains(REFERENCE + "ssm:");
    }
}
