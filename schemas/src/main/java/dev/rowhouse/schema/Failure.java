package dev.rowhouse.schema;

import java.util.Map;

/**
 * Why an attempt ended in {@code error}, in words for the person who must act.
 *
 * @param code what kind of failure
 * @param step the step that failed, for example {@code create_stack} or {@code run_sql}
 * @param message what went wrong and where; holds no secret; at most {@value #MAX_MESSAGE} characters, cut where longer
 * @param retryable whether a retry without changing anything can help
 * @param details facts for programs, by snake_case name, for example {@code statement_index}, {@code sqlstate}
 */
public record Failure(FailureCode code, String step, String message, boolean retryable, Map<String, Object> details) {

    /** The longest message, in characters. */
    public static final int MAX_MESSAGE = 2048;

    public Failure {
        // A failure is how trouble is told: it must not make trouble of its own by what it lacks.
        code = code == null ? FailureCode.INTERNAL : code;
        step = step == null || step.isBlank() ? "unknown" : escaped(step);
        message = cut(escaped(message == null ? "" : message));
        details = JsonValues.copyOf("details", details, Failure::escaped);
    }

    /**
     * Control characters become visible, so that a server's message cannot forge a log line or move a cursor; so does
     * half a surrogate pair, which a text that was cut may end in and UTF-8 cannot hold.
     */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                out.append("\\n");
            } else if (c == '\t') {
                out.append(' ');
            } else if (isInvisible(c)) {
                out.append(String.format("\\u{%x}", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static String cut(String text) {
        if (text.length() <= MAX_MESSAGE) {
            return text;
        }
        int end = MAX_MESSAGE - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
