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

    private JsonValues() {}

    /**
     * A copy in which every name and every string has passed through {@code text}.
     *
     * @param object null counts as empty
     * @throws IllegalArgumentException when it is nested more than {@value #DEEPEST} deep
     */
    static Map<String, Object> copyOf(Map<String, Object> object, UnaryOperator<String> text) {
        return object == null || object.isEmpty() ? Map.of() : copyOfObject(object, text, 1);
    }

    private static Map<String, Object> copyOfObject(Map<?, ?> object, UnaryOperator<String> text, int depth) {
        requireShallow(depth);
        Map<String, Object> copy = new LinkedHashMap<>();
        object.forEach((name, value) -> copy.put(text.apply(String.valueOf(name)), copyOf(value, text, depth)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object copyOf(Object value, UnaryOperator<String> text, int depth) {
        if (value instanceof String string) {
            return text.apply(string);
        }
        if (value instanceof Map<?, ?> object) {
            return copyOfObject(object, text, depth + 1);
        }
        if (value instanceof List<?> list) {
            requireShallow(depth + 1);
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(copyOf(element, text, depth + 1)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }

    private static void requireShallow(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("attributes are nested more than " + DEEPEST + " deep; flatten them");
        }
    }
}
