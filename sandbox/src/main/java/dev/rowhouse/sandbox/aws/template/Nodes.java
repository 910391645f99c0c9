package dev.rowhouse.sandbox.aws.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the untyped tree of a template: strings, lists and maps with string keys. */
final class Nodes {
    private Nodes() {}

    static Map<String, Object> map(Map<?, ?> raw) {
        Map<String, Object> map = new LinkedHashMap<>();
        raw.forEach((key, value) -> map.put((String) key, value));
        return map;
    }

    static List<Object> list(List<?> raw) {
        return List.copyOf(raw);
    }

    /** The map at {@code key}; empty when absent. */
    static Map<String, Object> section(Map<String, Object> parent, String key) {
        Object value = parent.get(key);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        throw new TemplateException("Template format error: [/" + key + "] must be an object");
    }

    /** The string at {@code key}; null when absent. */
    static String text(Map<String, Object> parent, String key, String path) {
        Object value = parent.get(key);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new TemplateException("Template format error: Every " + key + " member must be a string: " + path);
    }

    static Map<String, Object> map(Object value, String path) {
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        throw new TemplateException("Template format error: [" + path + "] must be an object");
    }

    static TemplateException nullValue(String path) {
        return new TemplateException("[" + path + "] 'null' values are not allowed in templates");
    }
}
