package dev.rowhouse.sandbox.aws.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values a stack's parameters have, given and default, checked. Immutable. */
public final class ParameterValues {
    private static final String MASK = "****";

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, String> shown = new LinkedHashMap<>();

    /** @throws TemplateException if a value is missing, unknown or not allowed */
    public ParameterValues(Template template, Map<String, String> given) {
        checkNames(template, given);
        for (ParameterDeclaration parameter : template.parameters()) {
            String text = given.getOrDefault(parameter.name(), parameter.defaultValue());
            values.put(parameter.name(), parameter.value(text));
            shown.put(parameter.name(), parameter.noEcho() ? MASK : text);
        }
    }

    private static void checkNames(Template template, Map<String, String> given) {
        List<String> unknown = given.keySet().stream()
                .filter(name -> template.parameter(name) == null)
                .toList();
        if (!unknown.isEmpty()) {
            throw new TemplateException("Parameters: " + unknown + " do not exist in the template");
        }
        List<String> missing = template.parameters().stream()
                .filter(p -> p.defaultValue() == null)
                .map(ParameterDeclaration::name)
                .filter(name -> !given.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new TemplateException("Parameters: " + missing + " must have values");
        }
    }

    /** In the template's order, as describing the stack shows them: {@code NoEcho} ones masked. */
    public Map<String, String> shown() {
        return Collections.unmodifiableMap(shown);
    }

    /** A string or a list of strings; null if there is none of that name. */
    Object value(String name) {
        return values.get(name);
    }

    /** Like {@link #value}, with {@code NoEcho} ones masked. */
    Object masked(String name) {
        return MASK.equals(shown.get(name)) ? MASK : values.get(name);
    }

    /** Names only. */
    @Override
    public String toString() {
        return "ParameterValues" + values.keySet();
    }
}
