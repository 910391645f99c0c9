package dev.rowhouse.sandbox.aws.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The section {@code Mappings}: strings and lists of strings by mapping, key and attribute. Immutable. */
final class Mappings {
    private static final int MAX_MAPPINGS = 200;
    private static final int MAX_ATTRIBUTES = 200;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]{1,255}");

    /** Regions and account names are keys. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9.-]{1,255}");

    private final Map<String, Map<String, Map<String, Object>>> values = new LinkedHashMap<>();

    private Mappings(Map<String, Object> section) {
        section.forEach((name, mapping) -> {
            checkName(name, "Template format error: Mapping name " + name + " is non alphanumeric.", NAME);
            values.put(name, keys(name, mapping));
        });
    }

    /** @throws TemplateException unless the section is made of constants in three levels */
    static Mappings read(Map<String, Object> section) {
        if (section.size() > MAX_MAPPINGS) {
            throw new TemplateException("Template format error: Number of mappings, " + section.size()
                    + ", is greater than maximum allowed, " + MAX_MAPPINGS);
        }
        return new Mappings(section);
    }

    private static Map<String, Map<String, Object>> keys(String mapping, Object node) {
        Map<String, Map<String, Object>> keys = new LinkedHashMap<>();
        Nodes.map(node, "/Mappings/" + mapping).forEach((key, attributes) -> {
            checkName(
                    key,
                    "Template format error: Mappings key name '" + key
                            + "' must contain only alphanumeric characters, hyphens and periods.",
                    KEY);
            keys.put(key, attributes("/Mappings/" + mapping + "/" + key, attributes));
        });
        return keys;
    }

    private static Map<String, Object> attributes(String path, Object node) {
        Map<String, Object> attributes = Nodes.map(node, path);
        if (attributes.size() > MAX_ATTRIBUTES) {
            throw new TemplateException("Template format error: Number of attributes of [" + path + "], "
                    + attributes.size() + ", is greater than maximum allowed, " + MAX_ATTRIBUTES);
        }
        attributes.forEach((name, value) -> {
            checkName(
                    name,
                    "Template format error: Mappings attribute name '" + name
                            + "' must contain only alphanumeric characters.",
                    NAME);
            boolean constant = value instanceof String
                    || value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
            if (!constant) {
                throw new TemplateException(
                        "Template format error: Every Mappings attribute must be a String or a List.");
            }
        });
        return attributes;
    }

    private static void checkName(String name, String wrong, Pattern pattern) {
        if (!pattern.matcher(name).matches()) {
            throw new TemplateException(wrong);
        }
    }

    boolean has(String mapping) {
        return values.containsKey(mapping);
    }

    /**
     * A string or a list of strings.
     *
     * @throws TemplateException if there is none there
     */
    Object value(String mapping, String key, String attribute) {
        Object value = values.getOrDefault(mapping, Map.of())
                .getOrDefault(key, Map.of())
                .get(attribute);
        if (value == null) {
            throw new TemplateException(
                    "Template error: Unable to get mapping for " + mapping + "::" + key + "::" + attribute);
        }
        return value;
    }
}
