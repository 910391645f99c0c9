package dev.rowhouse.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of JSON objects: {@code Map.copyOf} refuses the nulls that JSON allows. */
final class JsonValues {

    private JsonValues() {}

    static Map<String, Object> copyOf(Map<String, Object> object) {
        return object == null || object.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(object));
    }
}
