package dev.rowhouse.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Unchangeable copies of JSON objects, all the way down: {@code Map.copyOf} refuses the nulls that JSON allows. */
final class JsonValues {

    private JsonValues() {}

    /**
     * A copy in which every name and every string has passed through {@code text}.
     *
     * @param object null counts as empty
     */
    static Map<String, Object> copyOf(Map<String, Object> object, UnaryOperator<String> text) {
        return object == null || object.isEmpty() ? Map.of() : copyOfObject(object, text);
    }

    private static Map<String, Object> copyOfObject(Map<?, ?> object, UnaryOperator<String> text) {
        Map<String, Object> copy = new LinkedHashMap<>();
        object.forEach((name, value) -> copy.put(text.apply(String.valueOf(name)), copyOf(value, text)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object copyOf(Object value, UnaryOperator<String> text) {
        if (value instanceof String string) {
            return text.apply(string);
        }
        if (value instanceof Map<?, ?> object) {
            return copyOfObject(object, text);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(copyOf(element, text)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }
}
