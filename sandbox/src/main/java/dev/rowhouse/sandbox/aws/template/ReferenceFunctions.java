package dev.rowhouse.sandbox.aws.template;

import dev.rowhouse.sandbox.aws.template.Expression.Literal;
import java.util.List;
import java.util.Map;

/** {@code Ref}, {@code Fn::GetAtt} and {@code Fn::FindInMap}. */
final class ReferenceFunctions {
    private static final String GET_ATT_ARGUMENTS = "Template error: every Fn::GetAtt object requires two non-empty "
            + "parameters, the resource name and the resource attribute";
    private static final String FIND_IN_MAP_ARGUMENTS =
            "Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the "
                    + "attribute for return value";

    private ReferenceFunctions() {}

    static Expression ref(Object node) {
        return new Ref(
                Functions.text(node, "Template format error: every Ref object must have a single String value."));
    }

    static Expression getAtt(Object node) {
        // JSON, and Sub, know only the list; YAML's long form may also be one string with a dot.
        Object arguments = node instanceof String text && text.indexOf('.') > 0
                ? List.of(text.substring(0, text.indexOf('.')), text.substring(text.indexOf('.') + 1))
                : node;
        List<Object> two = Functions.arguments(arguments, 2, 2, GET_ATT_ARGUMENTS);
        String logicalId = Functions.text(two.get(0), GET_ATT_ARGUMENTS);
        if (two.get(1) instanceof Map<?, ?>) {
            throw TemplateException.unsupported("a function as the attribute name of Fn::GetAtt");
        }
        String attribute = Functions.text(two.get(1), GET_ATT_ARGUMENTS);
        if (logicalId.isEmpty() || attribute.isEmpty()) {
            throw new TemplateException(GET_ATT_ARGUMENTS);
        }
        return new GetAtt(logicalId, attribute);
    }

    static Expression findInMap(Object node) {
        if (node instanceof List<?> list && list.size() == 4) {
            throw TemplateException.unsupported(
                    "DefaultValue of Fn::FindInMap, which is of the transform AWS::LanguageExtensions,");
        }
        List<Expression> three = Functions.arguments(node, 3, 3, FIND_IN_MAP_ARGUMENTS).stream()
                .map(Functions::read)
                .toList();
        // Other functions are of AWS::LanguageExtensions too, and without it CloudFormation says no more than this.
        if (!three.stream().allMatch(key -> key instanceof Literal || key instanceof Ref || key instanceof FindInMap)) {
            throw new TemplateException(FIND_IN_MAP_ARGUMENTS);
        }
        return new FindInMap(three.get(0), three.get(1), three.get(2));
    }

    record Ref(String name) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return scope.ref(name);
        }

        @Override
        public void collect(References into) {
            into.names.add(name);
        }
    }

    record GetAtt(String logicalId, String attribute) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return scope.attribute(logicalId, attribute);
        }

        @Override
        public void collect(References into) {
            into.attribute(logicalId, attribute);
        }
    }

    /** What is found under three names, each a text, a parameter's, or found in the same way. */
    record FindInMap(Expression mapping, Expression topKey, Expression secondKey) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return scope.mapped(
                    Functions.text(mapping.evaluate(scope), FIND_IN_MAP_ARGUMENTS),
                    Functions.text(topKey.evaluate(scope), FIND_IN_MAP_ARGUMENTS),
                    Functions.text(secondKey.evaluate(scope), FIND_IN_MAP_ARGUMENTS));
        }

        @Override
        public void collect(References into) {
            into.functions.add(this);
            into.lookups.add(this);
            mapping.collect(into);
            topKey.collect(into);
            secondKey.collect(into);
        }
    }
}
