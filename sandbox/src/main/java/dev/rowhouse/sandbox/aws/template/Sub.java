package dev.rowhouse.sandbox.aws.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code Fn::Sub}: {@code ${Name}}, {@code ${Resource.Attribute}}, own variables, and {@code ${!Literal}}. */
record Sub(String text, Map<String, Expression> variables) implements Expression {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:]+");
    private static final String ARGUMENTS =
            "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as "
                    + "first argument, and an optional second argument to specify a mapping of values to replace in the "
                    + "string";

    static Expression read(Object node) {
        if (node instanceof String text) {
            return checked(new Sub(text, Map.of()));
        }
        List<Object> arguments = Functions.arguments(node, 2, 2, ARGUMENTS);
        if (!(arguments.get(1) instanceof Map<?, ?> map)) {
            throw new TemplateException(ARGUMENTS);
        }
        Map<String, Expression> variables = new LinkedHashMap<>();
        Nodes.map(map).forEach((name, value) -> variables.put(name, Functions.read(value)));
        return checked(new Sub(Functions.text(arguments.get(0), ARGUMENTS), variables));
    }

    private static Sub checked(Sub sub) {
        sub.placeholders(name -> {
            if (!NAME.matcher(name).matches()) {
                throw new TemplateException(
                        "Template error: variable names in Fn::Sub syntax must contain only alphanumeric "
                                + "characters, underscores, periods, and colons");
            }
        });
        return sub;
    }

    @Override
    public Object evaluate(Scope scope) {
        StringBuilder out = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1);
            String value = name.startsWith("!") ? "${" + name.substring(1) + "}" : value(name.strip(), scope);
            matcher.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(out).toString();
    }

    @Override
    public void collect(References into) {
        into.functions.add(this);
        variables.values().forEach(value -> value.collect(into));
        placeholders(name -> {
            if (!variables.containsKey(name)) {
                reference(name).collect(into);
            }
        });
    }

    private void placeholders(Consumer<String> name) {
        PLACEHOLDER
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(found -> !found.startsWith("!"))
                .map(String::strip)
                .forEach(name);
    }

    private String value(String name, Scope scope) {
        Expression expression = variables.containsKey(name) ? variables.get(name) : reference(name);
        Object value = expression.evaluate(scope);
        if (value instanceof String string) {
            return string;
        }
        throw new TemplateException("Template error: Fn::Sub expression does not resolve to a string: ${" + name + "}");
    }

    private static Expression reference(String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? new ReferenceFunctions.Ref(name)
                : new ReferenceFunctions.GetAtt(name.substring(0, dot), name.substring(dot + 1));
    }
}
