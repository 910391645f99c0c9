package dev.rowhouse.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Unchangeable copies of JSON objects, all the way down: {@code Map.copyOf} refuses the nulls that JSON allows. */
final class JsonValues {

    /** How deep values may nest: far below where JSON parsers and stacks give up, so whatever wraps them can be read as well. */
    private static final int DEEPEST = 64;

    private final String field;
    private final UnaryOperator<String> text;

    private JsonValues(String field, UnaryOperator<String> text) {
        this.field = field;
        this.text = text;
    }

    /**
     * A copy in which every name and every string has passed through {@code text}.
     *
     * @param field what the object is, for the message
     * @param object null counts as empty
     * @throws IllegalArgumentException when it is nested more than {@value #DEEPEST} deep
     */
    static Map<String, Object> copyOf(String field, Map<String, Object> object, UnaryOperator<String> text) {
        return object == null || object.isEmpty() ? Map.of() : new JsonValues(field, text).copyOfObject(object, 1);
    }

    private Map<String, Object> copyOfObject(Map<?, ?> object, int depth) {
        requireShallow(depth);
        Map<String, Object> copy = new LinkedHashMap<>();
        object.forEach((name, value) -> copy.put(text.apply(String.valueOf(name)), copyOf(value, depth)));
        return Collections.unmodifiableMap(copy);
    }

    private Object copyOf(Object value, int depth) {
        if (value instanceof String string) {
            return text.apply(string);
        }
        if (value instanceof Map<?, ?> object) {
            return copyOfObject(object, depth + 1);
        }
        if (value instanceof List<?> list) {
            requireShallow(depth + 1);
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(copyOf(element, depth + 1)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }

    private void requireShallow(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException(field + " is nested more than " + DEEPEST + " deep; flatten it");
        }
    }
}
