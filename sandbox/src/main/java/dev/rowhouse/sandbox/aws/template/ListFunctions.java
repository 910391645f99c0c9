package dev.rowhouse.sandbox.aws.template;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code Fn::Join}, {@code Select}, {@code Split}, {@code GetAZs} and {@code Base64}. */
final class ListFunctions {
    private static final String JOIN_ARGUMENTS =
            "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of "
                    + "strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.";
    private static final String SELECT_ARGUMENTS =
            "Template error: Fn::Select requires a list argument with two elements: an integer index and a list";
    private static final String SPLIT_ARGUMENTS =
            "Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be "
                    + "split or a function that returns a string to be split.";
    private static final String ZONES_ARGUMENTS =
            "Template error: every Fn::GetAZs object must have a String-typed parameter as its value";
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");

    private ListFunctions() {}

    static Expression join(Object node) {
        return delimited(
                node,
                JOIN_ARGUMENTS,
                (delimiter, list) -> items(list, JOIN_ARGUMENTS).stream()
                        .map(item -> Functions.text(item, JOIN_ARGUMENTS))
                        .collect(Collectors.joining(delimiter)));
    }

    static Expression select(Object node) {
        return two(node, SELECT_ARGUMENTS, (index, list) -> {
            List<?> items = items(list, SELECT_ARGUMENTS);
            String position = Functions.text(index, SELECT_ARGUMENTS);
            if (!position.matches("\\d{1,9}")) {
                throw new TemplateException(SELECT_ARGUMENTS);
            }
            if (Integer.parseInt(position) >= items.size()) {
                throw new TemplateException(
                        "Template error: Fn::Select cannot select nonexistent value at index " + position);
            }
            return items.get(Integer.parseInt(position));
        });
    }

    static Expression split(Object node) {
        return delimited(node, SPLIT_ARGUMENTS, (delimiter, text) -> {
            if (delimiter.isEmpty()) {
                throw new TemplateException(SPLIT_ARGUMENTS);
            }
            return Arrays.asList(Functions.text(text, SPLIT_ARGUMENTS).split(Pattern.quote(delimiter), -1));
        });
    }

    /** Three zones, whatever the region. */
    static Expression zones(Object node) {
        return new Zones(Functions.read(node));
    }

    static Expression base64(Object node) {
        return new Applied(List.of(Functions.read(node)), (scope, arguments) -> {
            String text = Functions.text(
                    arguments.get(0), "Template error: every Fn::Base64 object must have a String-typed value.");
            return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        });
    }

    private static Expression two(Object node, String wrong, BiFunction<Object, Object, Object> function) {
        List<Object> arguments = Functions.arguments(node, 2, 2, wrong);
        return new Applied(
                arguments.stream().map(Functions::read).toList(),
                (scope, values) -> function.apply(values.get(0), values.get(1)));
    }

    /** The delimiter must be written out. */
    private static Expression delimited(Object node, String wrong, BiFunction<String, Object, Object> function) {
        List<Object> arguments = Functions.arguments(node, 2, 2, wrong);
        String delimiter = Functions.text(arguments.get(0), wrong);
        return new Applied(
                List.of(Functions.read(arguments.get(1))), (scope, values) -> function.apply(delimiter, values.get(0)));
    }

    private static List<?> items(Object list, String wrong) {
        if (list instanceof List<?> items) {
            return items;
        }
        throw new TemplateException(wrong);
    }

    private record Zones(Expression region) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            String asked = Functions.text(region.evaluate(scope), ZONES_ARGUMENTS);
            String name = asked.isEmpty() ? (String) scope.ref("AWS::Region") : asked;
            if (!REGION.matcher(name).matches()) {
                throw new TemplateException("Template error: Fn::GetAZs: '" + name + "' is no region");
            }
            return List.of(name + "a", name + "b", name + "c");
        }

        @Override
        public void collect(References into) {
            into.zones = true;
            into.functions.add(this);
            region.collect(into);
        }
    }
}
