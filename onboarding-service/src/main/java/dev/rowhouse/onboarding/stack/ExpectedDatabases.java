package dev.rowhouse.onboarding.stack;

import java.util.List;

/**
 * The databases that a template promises: as little of a {@link Template} as following a stack needs.
 *
 * @param databases of the template itself
 * @param more whether nested stacks or macros may bring further ones
 */
public record ExpectedDatabases(List<Template.Resource> databases, boolean more) {

    public ExpectedDatabases {
        databases = List.copyOf(databases);
    }

    public static ExpectedDatabases of(Template template) {
        return new ExpectedDatabases(
                template.databases(),
                template.macros() || !template.nestedStacks().isEmpty());
    }

    /** Whether there is anything to look for before the stack is complete. */
    boolean any() {
        return more || !databases.isEmpty();
    }
}
