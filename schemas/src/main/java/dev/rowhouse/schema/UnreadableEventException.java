package dev.rowhouse.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An input that cannot be read as the event it should be. */
public final class UnreadableEventException extends Exception {

    private final String code;

    /**
     * @param code what kind of trouble, in snake_case, for example {@code invalid_json}
     * @param message what is wrong, where, and how to mend it
     */
    public UnreadableEventException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** {@code no_value}, {@code too_large}, {@code invalid_json}, {@code invalid_event} or {@code unexpected_type}. */
    public String code() {
        return code;
    }

    static UnreadableEventException of(IOException e) {
        // Bytes that are no text at all come as a plain IOException.
        boolean invalidJson = e instanceof StreamReadException || !(e instanceof JsonProcessingException);
        return new UnreadableEventException(invalidJson ? "invalid_json" : "invalid_event", reason(e));
    }

    /** What is wrong, in the words of JSON, without the input itself: it may hold what must not be repeated. */
    static String reason(IOException e) {
        String where = e instanceof JsonProcessingException json && json.getLocation() != null
                ? " (line " + json.getLocation().getLineNr() + ", column "
                        + json.getLocation().getColumnNr() + ")"
                : "";
        return what(e) + where;
    }

    private static String what(IOException e) {
        Throwable root = rootOf(e);
        if (root instanceof IllegalArgumentException ours) {
            return ours.getMessage();
        }
        if (root instanceof StreamConstraintsException tooMuch) {
            // Names the limit and nothing of the input; which of the parser's methods knows it is of no use to anybody.
            return tooMuch.getOriginalMessage().replaceAll(", from `[^`]*`", "");
        }
        if (e instanceof JsonMappingException mapping) {
            String field = mapping.getPath().stream()
                    .map(JsonMappingException.Reference::getFieldName)
                    .map(name -> name == null ? "[]" : name)
                    .collect(Collectors.joining("."));
            Class<?> target = target(mapping, root);
            return (field.isEmpty() ? "the value" : field) + " must be " + form(target);
        }
        return e instanceof JsonProcessingException json
                ? "not JSON: " + json.getOriginalMessage().replaceAll(" \\(start marker at \\[.*\\]\\)", "")
                : "not JSON in UTF-8";
    }

    private static Class<?> target(JsonMappingException mapping, Throwable root) {
        if (root instanceof InputCoercionException number) {
            return number.getTargetType();
        }
        return mapping instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private static String form(Class<?> target) {
        if (target == null) {
            return "of another form";
        }
        if (target == int.class || target == Integer.class) {
            return "a whole number up to 2147483647";
        }
        if (target == boolean.class || target == Boolean.class) {
            return "true or false";
        }
        if (target == Instant.class) {
            return "a time such as 2026-01-31T09:30:00Z";
        }
        if (target.isEnum()) {
            return "one of "
                    + Arrays.stream(target.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        if (List.of(String.class, TenantId.class, SaasId.class).contains(target)) {
            return "a string";
        }
        return Collection.class.isAssignableFrom(target) ? "a list" : "a JSON object";
    }
}
