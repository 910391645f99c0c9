package dev.rowhouse.onboarding.stack;

import java.util.Map;
import java.util.Set;

/**
 * The parameters of one stack. {@link #toString} hides their values.
 *
 * @param values by name
 * @param secret the names of those that nobody may see
 */
public record StackParameters(Map<String, String> values, Set<String> secret) {

    public StackParameters {
        values = Map.copyOf(values);
        secret = Set.copyOf(secret);
    }

    /** The text without the secret values: AWS quotes what it was given when it refuses it. */
    public String scrub(String text) {
        String scrubbed = text;
        for (String name : secret) {
            String value = values.get(name);
            if (value != null && !value.isEmpty()) {
                scrubbed = scrubbed.replace(value, "***");
            }
        }
        return scrubbed;
    }

    @Override
    public String toString() {
        return "StackParameters" + values.keySet();
    }
}
