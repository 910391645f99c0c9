package dev.rowhouse.onboarding.stack;

import dev.rowhouse.onboarding.stack.Template.Output;
import dev.rowhouse.onboarding.stack.Template.Parameter;
import dev.rowhouse.onboarding.stack.Template.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads a template's node graph, never objects made from it: short tags need no constructors then, and a hostile
 * template costs no more memory than its text. JSON is read as the YAML it is.
 */
final class TemplateParser {

    private static final Pattern LOGICAL_ID = Pattern.compile("[A-Za-z0-9]{1,255}");

    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setLabel("template")
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(Template.MAX_DEPTH)
            .setCodePointLimit(Template.MAX_LENGTH)
            .build();

    private TemplateParser() {}

    static Template parse(String text) {
        if (text.length() > Template.MAX_LENGTH) {
            throw new InvalidTemplateException(
                    "the template has " + text.length() + " characters; at most " + Template.MAX_LENGTH
                            + " are read: split it into nested stacks",
                    Optional.empty());
        }
        try {
            refuseDepth(text);
            return read(new Compose(SETTINGS)
                    .composeString(text)
                    .orElseThrow(() -> new InvalidTemplateException("the template is empty", Optional.empty())));
        } catch (MarkedYamlEngineException e) {
            throw new InvalidTemplateException(
                    "neither YAML nor JSON: " + e.getProblem(),
                    e.getProblemMark().or(e::getContextMark));
        } catch (YamlEngineException e) {
            throw new InvalidTemplateException("neither YAML nor JSON: " + e.getMessage(), Optional.empty());
        }
    }

    /** Looks at the flat stream of events first: composing recurses, and ten thousand brackets would end its stack. */
    private static void refuseDepth(String text) {
        int depth = 0;
        int aliases = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                case Alias -> aliases++;
                default -> {}
            }
            if (depth > Template.MAX_DEPTH || aliases > Template.MAX_DEPTH) {
                throw new InvalidTemplateException(
                        (depth > Template.MAX_DEPTH ? "nested deeper than " : "more aliases than ")
                                + Template.MAX_DEPTH,
                        event.getStartMark());
            }
        }
    }

    private static Template read(Node root) {
        MappingNode template = mapping(root, "a template is a mapping with a section Resources");
        Map<String, Node> sections = entries(template);
        if (!sections.containsKey("Resources")) {
            throw new InvalidTemplateException("the section Resources is missing", root.getStartMark());
        }
        Map<String, Node> resources = section(sections, "Resources");
        Map<String, Node> outputs = section(sections, "Outputs");
        boolean macros = sections.containsKey("Transform")
                || sections.keySet().stream().anyMatch(TemplateParser::isMacro)
                || Stream.of("Parameters", "Resources", "Outputs").anyMatch(name -> hasMacro(sections.get(name)));
        if (resources.isEmpty() && !macros) {
            throw new InvalidTemplateException(
                    "the section Resources is empty: a stack needs at least one",
                    sections.get("Resources").getStartMark());
        }
        if (resources.size() > Template.MAX_RESOURCES) {
            throw new InvalidTemplateException(
                    resources.size() + " resources; CloudFormation takes " + Template.MAX_RESOURCES
                            + ": split the template into nested stacks",
                    sections.get("Resources").getStartMark());
        }
        return new Template(
                parameters(section(sections, "Parameters")), resources(resources), outputs(outputs), macros);
    }

    /** A macro stands for the section, or in it, or for one of its entries, or in that; none is further down. */
    private static boolean hasMacro(Node section) {
        return isMacro(section)
                || section instanceof MappingNode mapping
                        && mapping.getValue().stream()
                                .map(NodeTuple::getValueNode)
                                .anyMatch(TemplateParser::isMacro);
    }

    private static boolean isMacro(Node node) {
        return isTaggedAsMacro(node)
                || node instanceof MappingNode mapping
                        && entries(mapping).keySet().stream().anyMatch(TemplateParser::isMacro);
    }

    private static boolean isMacro(String key) {
        return key.equals("Fn::Transform") || key.startsWith("Fn::ForEach");
    }

    private static boolean isTaggedAsMacro(Node node) {
        return node != null && node.getTag().getValue().equals("!Transform");
    }

    /** The entry is what a macro makes of it. */
    private static boolean isUnknown(Node entry, Map<String, Node> fields) {
        return isMacro(entry) && !fields.containsKey("Type");
    }

    private static Map<String, Parameter> parameters(Map<String, Node> nodes) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        nodes.forEach((name, node) -> {
            Map<String, Node> fields = entries(mapping(node, "parameter " + name + " must be a mapping with a Type"));
            if (isUnknown(node, fields)) {
                return;
            }
            parameters.put(
                    logicalId("parameter", name, node),
                    new Parameter(
                            name,
                            type("parameter", name, node, fields),
                            isTrue(fields.get("NoEcho")),
                            text(name, "Default", fields),
                            new ParameterConstraints(
                                    length(name, "MinLength", fields),
                                    length(name, "MaxLength", fields),
                                    text(name, "AllowedPattern", fields),
                                    texts(fields.get("AllowedValues")))));
        });
        return parameters;
    }

    private static String text(String parameter, String field, Map<String, Node> fields) {
        Node node = fields.get(field);
        return node == null
                ? null
                : scalar(node)
                        .orElseThrow(() -> new InvalidTemplateException(
                                field + " of parameter " + parameter + " must be plain text", node.getStartMark()));
    }

    private static Integer length(String parameter, String field, Map<String, Node> fields) {
        String text = text(parameter, field, fields);
        if (text == null || WHOLE_NUMBER.matcher(text).matches()) {
            return text == null ? null : Integer.valueOf(text);
        }
        throw new InvalidTemplateException(
                field + " of parameter " + parameter + " must be a whole number",
                fields.get(field).getStartMark());
    }

    /** What is no text in it can be no value either. */
    private static List<String> texts(Node node) {
        return node instanceof SequenceNode sequence
                ? sequence.getValue().stream()
                        .flatMap(element -> scalar(element).stream())
                        .toList()
                : null;
    }

    private static Map<String, Resource> resources(Map<String, Node> nodes) {
        Map<String, Resource> resources = new LinkedHashMap<>();
        nodes.forEach((name, node) -> {
            Map<String, Node> fields = entries(mapping(node, "resource " + name + " must be a mapping with a Type"));
            if (isUnknown(node, fields)) {
                return;
            }
            resources.put(
                    logicalId("resource", name, node),
                    new Resource(
                            name,
                            type("resource", name, node, fields),
                            fields.containsKey("Condition"),
                            selfContained(fields.get("Properties"))));
        });
        return resources;
    }

    /** Aurora Serverless v1 and Multi-AZ clusters make their instances themselves. */
    private static boolean selfContained(Node properties) {
        if (!(properties instanceof MappingNode mapping)) {
            return false;
        }
        Map<String, Node> fields = entries(mapping);
        return fields.containsKey("DBClusterInstanceClass")
                || scalar(fields.get("EngineMode")).filter("serverless"::equals).isPresent();
    }

    private static Map<String, Output> outputs(Map<String, Node> nodes) {
        Map<String, Output> outputs = new LinkedHashMap<>();
        nodes.forEach((name, node) -> {
            Map<String, Node> fields = entries(mapping(node, "output " + name + " must be a mapping with a Value"));
            outputs.put(logicalId("output", name, node), new Output(literal(fields.get("Value"))));
        });
        return outputs;
    }

    /** Null for whatever CloudFormation works out. */
    private static String literal(Node node) {
        return scalar(node)
                .filter(value -> node.getTag().getValue().startsWith(Tag.PREFIX))
                .orElse(null);
    }

    /** Without what macros stand for. */
    private static Map<String, Node> section(Map<String, Node> sections, String name) {
        Node node = sections.get(name);
        if (node == null || isTaggedAsMacro(node)) {
            return new LinkedHashMap<>();
        }
        Map<String, Node> section = entries(mapping(node, "the section " + name + " must be a mapping"));
        section.keySet().removeIf(TemplateParser::isMacro);
        return section;
    }

    private static String logicalId(String what, String name, Node node) {
        if (!LOGICAL_ID.matcher(name).matches()) {
            throw new InvalidTemplateException(
                    what + " '" + name + "': a logical id is made of letters and digits only", node.getStartMark());
        }
        return name;
    }

    private static String type(String what, String name, Node node, Map<String, Node> fields) {
        return scalar(fields.get("Type"))
                .filter(type -> !type.isBlank())
                .orElseThrow(
                        () -> new InvalidTemplateException(what + " " + name + " has no Type", node.getStartMark()));
    }

    private static MappingNode mapping(Node node, String expected) {
        if (node instanceof MappingNode mapping) {
            return mapping;
        }
        throw new InvalidTemplateException(expected, node.getStartMark());
    }

    private static Map<String, Node> entries(MappingNode mapping) {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = scalar(tuple.getKeyNode())
                    .orElseThrow(() -> new InvalidTemplateException(
                            "a key must be plain text", tuple.getKeyNode().getStartMark()));
            if (entries.put(key, tuple.getValueNode()) != null) {
                throw new InvalidTemplateException(
                        "the key " + key + " is there twice", tuple.getKeyNode().getStartMark());
            }
        }
        return entries;
    }

    private static Optional<String> scalar(Node node) {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    private static boolean isTrue(Node node) {
        return scalar(node).filter(value -> value.equalsIgnoreCase("true")).isPresent();
    }
}
