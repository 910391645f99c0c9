package dev.rowhouse.sandbox.aws.template;

import dev.rowhouse.sandbox.aws.template.ConditionFunctions.Condition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** A template that CloudFormation would take, before its parameters are known. Immutable. */
public final class Template {
    private static final Set<String> SECTIONS = Set.of(
            "AWSTemplateFormatVersion",
            "Description",
            "Metadata",
            "Parameters",
            "Mappings",
            "Conditions",
            "Resources",
            "Outputs");
    private static final Set<String> UNSUPPORTED = Set.of("Transform", "Rules", "Hooks");
    private static final String VERSION = "2010-09-09";
    private static final int MAX_DESCRIPTION = 1024;
    private static final int MAX_RESOURCES = 500;
    private static final int MAX_PARAMETERS = 200;
    private static final int MAX_OUTPUTS = 200;

    final Map<String, Condition> conditions;
    final Map<String, OutputDeclaration> outputs;
    final Mappings mappings;
    private final String description;
    private final Object metadata;
    private final Map<String, ParameterDeclaration> parameters;
    private final Map<String, ResourceDeclaration> resources;

    private Template(Map<String, Object> root) {
        description = Nodes.text(root, "Description", "/Description");
        metadata = root.get("Metadata");
        mappings = Mappings.read(Nodes.section(root, "Mappings"));
        parameters = section(root, "Parameters", ParameterDeclaration::read);
        conditions = section(root, "Conditions", (name, node) -> ConditionFunctions.condition(node, name));
        resources = section(root, "Resources", ResourceDeclaration::read);
        outputs = section(root, "Outputs", OutputDeclaration::read);
    }

    /**
     * Reads and checks a template, YAML or JSON.
     *
     * @throws TemplateException in CloudFormation's words
     */
    public static Template parse(String text, ResourceCatalog catalog) {
        Map<String, Object> root = TemplateText.read(text);
        checkSections(root);
        Template template = new Template(root);
        template.checkLimits();
        new TemplateCheck(template, catalog).run();
        return template;
    }

    private static void checkSections(Map<String, Object> root) {
        Set<String> unknown = new TreeSet<>(root.keySet());
        unknown.removeAll(SECTIONS);
        for (String section : UNSUPPORTED) {
            if (unknown.contains(section)) {
                throw TemplateException.unsupported("the section " + section);
            }
        }
        if (!unknown.isEmpty()) {
            throw new TemplateException("Invalid template property or properties " + unknown);
        }
        Object version = root.get("AWSTemplateFormatVersion");
        if (version != null && !version.equals(VERSION)) {
            throw new TemplateException("Template format error: AWSTemplateFormatVersion must be " + VERSION);
        }
    }

    private void checkLimits() {
        if (resources.isEmpty()) {
            throw new TemplateException("Template format error: At least one Resources member must be defined.");
        }
        if (description != null && description.length() > MAX_DESCRIPTION) {
            throw new TemplateException(
                    "Template format error: 'Description' length is greater than " + MAX_DESCRIPTION + ".");
        }
        checkNumber("resources", resources, MAX_RESOURCES);
        checkNumber("parameters", parameters, MAX_PARAMETERS);
        checkNumber("outputs", outputs, MAX_OUTPUTS);
    }

    private static void checkNumber(String what, Map<String, ?> section, int max) {
        if (section.size() > max) {
            throw new TemplateException("Template format error: Number of " + what + ", " + section.size()
                    + ", is greater than maximum allowed, " + max);
        }
    }

    private static <T> Map<String, T> section(
            Map<String, Object> root, String name, BiFunction<String, Object, T> reader) {
        Map<String, T> section = new LinkedHashMap<>();
        Nodes.section(root, name).forEach((key, node) -> {
            Functions.refuseInPlaceOfAName(key, name);
            section.put(key, reader.apply(key, node));
        });
        return section;
    }

    /** Null where the template has none. */
    public String description() {
        return description;
    }

    /** Strings, lists and maps as the template has them; null where it has none. */
    public Object metadata() {
        return metadata;
    }

    /** That of the format, which there is one of. */
    public String version() {
        return VERSION;
    }

    public Collection<ParameterDeclaration> parameters() {
        return parameters.values();
    }

    public Collection<ResourceDeclaration> resources() {
        return resources.values();
    }

    /** Each once, in the template's order. */
    public List<String> resourceTypes() {
        return resources.values().stream()
                .map(ResourceDeclaration::type)
                .distinct()
                .toList();
    }

    /** Null if there is none of that name. */
    ParameterDeclaration parameter(String name) {
        return parameters.get(name);
    }

    /** Null if there is none of that id. */
    ResourceDeclaration resource(String logicalId) {
        return resources.get(logicalId);
    }

    /** The capabilities that creating this needs: none, {@code CAPABILITY_IAM} or {@code CAPABILITY_NAMED_IAM}. */
    public List<String> capabilities() {
        return Capabilities.neededBy(resources.values());
    }

    /** The types that need them. */
    public List<String> typesNeedingCapabilities() {
        return Capabilities.types(resources.values());
    }
}
