package dev.rowhouse.sandbox.aws.template;

import dev.rowhouse.sandbox.aws.template.Expression.Literal;
import dev.rowhouse.sandbox.aws.template.Expression.Mapping;
import dev.rowhouse.sandbox.aws.template.Expression.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Turns the untyped tree into expressions, and says in CloudFormation's words which function is misused. */
final class Functions {
    private static final Map<String, Function<Object, Expression>> VALUES = Map.ofEntries(
            Map.entry("Ref", ReferenceFunctions::ref),
            Map.entry("Fn::GetAtt", ReferenceFunctions::getAtt),
            Map.entry("Fn::Sub", Sub::read),
            Map.entry("Fn::FindInMap", ReferenceFunctions::findInMap),
            Map.entry("Fn::Join", ListFunctions::join),
            Map.entry("Fn::Select", ListFunctions::select),
            Map.entry("Fn::Split", ListFunctions::split),
            Map.entry("Fn::GetAZs", ListFunctions::zones),
            Map.entry("Fn::Base64", ListFunctions::base64),
            Map.entry("Fn::Cidr", Cidr::read),
            Map.entry("Fn::ImportValue", ImportFunction::read),
            Map.entry("Fn::If", ConditionFunctions::choice));

    /** Those of the Conditions section. */
    private static final Set<String> CONDITIONS = Set.of("Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not", "Condition");

    /** Macros, and what the transform AWS::LanguageExtensions brings; a loop has its own name after that. */
    private static final Set<String> TRANSFORMS = Set.of("Fn::Transform", "Fn::Length", "Fn::ToJsonString");

    private static final String LOOP = "Fn::ForEach";

    private Functions() {}

    /** Whether CloudFormation has it, whether or not the stand-in does: the tag is then spelled right. */
    static boolean isKnown(String name) {
        return VALUES.containsKey(name) || CONDITIONS.contains(name) || needsTransform(name);
    }

    private static boolean needsTransform(String name) {
        return TRANSFORMS.contains(name) || name.startsWith(LOOP);
    }

    /** Refuses a function in the place of a name: only a macro or a loop may stand there, and those there are none of. */
    static void refuseInPlaceOfAName(String key, String section) {
        if (needsTransform(key)) {
            throw TemplateException.unsupported(key + " in the section " + section);
        }
        if (key.startsWith("Fn::") || key.equals("Ref")) {
            throw new TemplateException("Template format error: the section " + section
                    + " must be made of names, and cannot be computed by " + key);
        }
    }

    static Expression read(Object node) {
        if (node instanceof String text) {
            return new Literal(text);
        }
        if (node instanceof List<?> list) {
            return new Sequence(list.stream().map(Functions::read).toList());
        }
        Map<String, Object> map = Nodes.map(node, "value");
        String function = map.keySet().stream()
                .filter(key -> key.equals("Ref") || key.startsWith("Fn::"))
                .findFirst()
                .orElse(null);
        if (function == null) {
            Map<String, Expression> entries = new LinkedHashMap<>();
            map.forEach((key, value) -> entries.put(key, read(value)));
            return new Mapping(entries);
        }
        return function(function, map);
    }

    private static Expression function(String name, Map<String, Object> map) {
        if (map.size() != 1) {
            throw new TemplateException("Template format error: the object with " + name
                    + " must have no other member, but has " + map.keySet());
        }
        Function<Object, Expression> reader = VALUES.get(name);
        if (reader != null) {
            return reader.apply(map.get(name));
        }
        if (CONDITIONS.contains(name)) {
            throw new TemplateException("Template error: " + name + " is only allowed in the Conditions block");
        }
        if (needsTransform(name)) {
            throw TemplateException.unsupported(name);
        }
        throw new TemplateException("Template error: Encountered unsupported function: " + name
                + " Supported functions are: " + new TreeSet<>(VALUES.keySet()));
    }

    /** The arguments of a function; {@code wrong} is thrown unless they are a list of {@code min} to {@code max}. */
    static List<Object> arguments(Object node, int min, int max, String wrong) {
        if (node instanceof List<?> list && list.size() >= min && list.size() <= max) {
            return new ArrayList<>(list);
        }
        throw new TemplateException(wrong);
    }

    /** A value that must be a string. */
    static String text(Object value, String wrong) {
        if (value instanceof String text) {
            return text;
        }
        throw new TemplateException(wrong);
    }
}
