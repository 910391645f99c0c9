package dev.rowhouse.sandbox.aws.template;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One of a template's outputs.
 *
 * @param exportName null if it is not exported
 * @param condition null if it is always there
 */
record OutputDeclaration(String key, Expression value, String description, Expression exportName, String condition) {
    private static final Set<String> PROPERTIES = Set.of("Value", "Description", "Export", "Condition");

    private static final Pattern EXPORT_NAME = Pattern.compile("[A-Za-z0-9:-]{1,255}");

    static OutputDeclaration read(String key, Object node) {
        if (!key.matches("[A-Za-z0-9]{1,255}")) {
            throw new TemplateException("Template format error: Output name " + key + " is non alphanumeric.");
        }
        String path = "/Outputs/" + key;
        Map<String, Object> map = Nodes.map(node, path);
        for (String property : map.keySet()) {
            if (!PROPERTIES.contains(property)) {
                throw new TemplateException("Invalid template output property '" + property + "'");
            }
        }
        if (!map.containsKey("Value")) {
            throw new TemplateException("Template format error: Every Outputs member must contain a Value object");
        }
        Expression exportName = null;
        if (map.containsKey("Export")) {
            Map<String, Object> export = Nodes.map(map.get("Export"), path + "/Export");
            if (!export.keySet().equals(Set.of("Name"))) {
                throw new TemplateException(
                        "Template format error: Output " + key + " is malformed. Export must have the member Name");
            }
            exportName = Functions.read(export.get("Name"));
        }
        return new OutputDeclaration(
                key,
                Functions.read(map.get("Value")),
                Nodes.text(map, "Description", path),
                exportName,
                Nodes.text(map, "Condition", path));
    }

    /** @throws TemplateException if that cannot be the name of an export */
    String exportName(Scope scope) {
        if (exportName.evaluate(scope) instanceof String name
                && EXPORT_NAME.matcher(name).matches()) {
            return name;
        }
        throw new TemplateException("Template format error: Output " + key + " is malformed. The Name field of every "
                + "Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.");
    }

    void collect(References into) {
        value.collect(into);
        if (exportName != null) {
            exportName.collect(into);
        }
    }
}
