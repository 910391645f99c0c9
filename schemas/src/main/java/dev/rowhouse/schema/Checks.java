package dev.rowhouse.schema;

/** What every record asks of its fields. The messages name the field as it is called in JSON. */
final class Checks {

    private Checks() {}

    static <T> T present(String field, T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    static TenantId tenant(TenantId value) {
        if (value == null) {
            throw new IllegalArgumentException("tenant_id is missing: " + Identifiers.FORM_IN_WORDS);
        }
        return value;
    }

    static int fromOne(String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(field + " must be 1 or more");
        }
        return value;
    }

    /** A script's statement, counted from 1, and how many it has. */
    static void statementOf(int statement, int statements) {
        fromOne("statement", statement);
        if (statements < statement) {
            throw new IllegalArgumentException(
                    "statements must be " + statement + " or more: statement is one of them");
        }
    }

    /** JSON lets half a surrogate pair in as an escape; UTF-8 has no form for it, so it could never be written again. */
    static String text(String field, String value) {
        if (value != null && hasLoneSurrogate(value)) {
            throw new IllegalArgumentException(field + " has half a surrogate pair in it: send whole characters");
        }
        return value;
    }

    private static boolean hasLoneSurrogate(String value) {
        return value.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    /** A failure belongs to {@code error}, and to nothing else. */
    static void failureBelongsTo(OnboardingStatus status, Failure failure) {
        if ((status == OnboardingStatus.ERROR) != (failure != null)) {
            throw new IllegalArgumentException(
                    failure == null
                            ? "failure is missing: status error needs one"
                            : "failure must be null: the status is " + status.wire());
        }
    }
}
