package dev.rowhouse.onboarding.stack;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a template demands of a parameter's value. Null where it demands nothing.
 *
 * @param minLength in characters
 * @param maxLength in characters
 * @param allowedPattern a regular expression for the whole value
 * @param allowedValues the only values
 */
public record ParameterConstraints(
        Integer minLength, Integer maxLength, String allowedPattern, List<String> allowedValues) {

    /** Longer expressions, and matches that take more steps than that, are not judged. */
    private static final int LONGEST_PATTERN = 1_000;

    private static final int MOST_STEPS = 10_000;

    private static final String ESCAPE = "\\\\(?:[dDsSwWhHvVtnrf]|x[0-9a-fA-F]{2}|[pP]\\{\\w+}|[^A-Za-z0-9])";
    private static final String CLASS = "\\[\\^?(?:[^\\[\\]\\\\]|" + ESCAPE + ")++]";
    private static final String CHARACTER = "(?:[^\\[\\]\\\\^$()|?*+{}]|" + ESCAPE + "|" + CLASS + ")";
    private static final String COUNT = "(?:[?*+]|\\{\\d+(?:,\\d*)?})[?+]?";

    /**
     * Expressions of characters with or without a count, of anchors, and of groups and look-aheads that have no count. They
     * try nothing a second time without reading a character in between, so that a limit on reading is one on time.
     */
    private static final Pattern JUDGED =
            Pattern.compile("(?:[\\^$)]|\\((?:\\?[:=!])?|" + CHARACTER + "(?:" + COUNT + ")?)*+");

    public ParameterConstraints {
        allowedValues = allowedValues == null ? null : List.copyOf(allowedValues);
    }

    /**
     * Which constraint a value does not satisfy, in words that do not repeat the value. An {@code AllowedPattern} that might
     * take years to match is left to CloudFormation.
     */
    Optional<String> violatedBy(String value) {
        if (allowedValues != null && !allowedValues.contains(value)) {
            return Optional.of("AllowedValues lists other values");
        }
        if (minLength != null && value.length() < minLength) {
            return Optional.of("MinLength is " + minLength + ", the value has " + value.length() + " characters");
        }
        if (maxLength != null && value.length() > maxLength) {
            return Optional.of("MaxLength is " + maxLength + ", the value has " + value.length() + " characters");
        }
        return allowedPattern == null ? Optional.empty() : mismatch(value);
    }

    private Optional<String> mismatch(String value) {
        if (allowedPattern.length() > LONGEST_PATTERN) {
            return Optional.empty();
        }
        try {
            Pattern pattern = Pattern.compile(allowedPattern);
            return !JUDGED.matcher(allowedPattern).matches()
                            || pattern.matcher(new CountedText(value)).matches()
                    ? Optional.empty()
                    : Optional.of("AllowedPattern " + allowedPattern + " does not match it");
        } catch (PatternSyntaxException e) {
            return Optional.of("AllowedPattern is no regular expression: " + e.getDescription());
        } catch (TooManyStepsException e) {
            return Optional.empty();
        }
    }

    /** A text that can be read so often and no more: some expressions take years for thirty letters. */
    private static final class CountedText implements CharSequence {

        private final String text;
        private int steps;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++steps > MOST_STEPS) {
                throw new TooManyStepsException();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class TooManyStepsException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
