package dev.rowhouse.schema;

import java.util.regex.Pattern;

/** The one grammar of {@code tenant_id} and {@code saas_id}. */
final class Identifiers {

    /** How to mend an identifier. */
    static final String FORM_IN_WORDS = "give 1 to 64 of A-Z a-z 0-9 . _ -";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private Identifiers() {}

    static String checked(String field, String value) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(field + " is missing: " + FORM_IN_WORDS);
        }
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " must be 1 to 64 of A-Z a-z 0-9 . _ - but has "
                    + (value.length() > 64 ? value.length() + " characters" : "others in it"));
        }
        return value;
    }
}
