package dev.rowhouse.sandbox.aws.template;

import java.util.List;
import java.util.Map;

/** {@code Fn::If}, and what the Conditions section is made of. */
final class ConditionFunctions {
    private static final String IF_ARGUMENTS = "Template error: Fn::If requires a list argument with three parameters";

    private ConditionFunctions() {}

    static Expression choice(Object node) {
        List<Object> three = Functions.arguments(node, 3, 3, IF_ARGUMENTS);
        return new If(
                Functions.text(three.get(0), IF_ARGUMENTS), Functions.read(three.get(1)), Functions.read(three.get(2)));
    }

    static Condition condition(Object node, String name) {
        if (node instanceof Map<?, ?> map && map.size() == 1) {
            Map.Entry<String, Object> function =
                    Nodes.map(map).entrySet().iterator().next();
            switch (function.getKey()) {
                case "Fn::Equals":
                    return equalTo(function.getValue());
                case "Fn::Not":
                    return new Not(nested(
                                    function.getValue(),
                                    1,
                                    1,
                                    name,
                                    "Template error: every Fn::Not object requires one boolean parameter.")
                            .get(0));
                case "Fn::And":
                    return new And(several(function.getValue(), name, "Fn::And"));
                case "Fn::Or":
                    return new Or(several(function.getValue(), name, "Fn::Or"));
                case "Condition":
                    return new Named(Functions.text(
                            function.getValue(), "Template format error: Condition must name a condition"));
                default:
                    break;
            }
        }
        throw new TemplateException(
                "Template format error: Every Conditions member must be made of Fn::Equals, Fn::And, "
                        + "Fn::Or, Fn::Not and Condition: " + name);
    }

    private static Condition equalTo(Object node) {
        List<Object> two = Functions.arguments(
                node, 2, 2, "Template error: Fn::Equals requires a list argument with two parameters");
        return new Equals(Functions.read(two.get(0)), Functions.read(two.get(1)));
    }

    private static List<Condition> several(Object node, String name, String function) {
        return nested(
                node,
                2,
                10,
                name,
                "Template error: every " + function
                        + " object requires a list of at least 2 and at most 10 boolean parameters.");
    }

    private static List<Condition> nested(Object node, int min, int max, String name, String wrong) {
        return Functions.arguments(node, min, max, wrong).stream()
                .map(argument -> condition(argument, name))
                .toList();
    }

    /** True or false, once parameters are known. */
    interface Condition {
        boolean holds(Scope scope);

        void collect(References into);
    }

    record If(String condition, Expression then, Expression otherwise) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return (scope.condition(condition) ? then : otherwise).evaluate(scope);
        }

        @Override
        public void collect(References into) {
            into.conditions.add(condition);
            if (into.decided(condition).orElse(true)) {
                then.collect(into);
            }
            if (!into.decided(condition).orElse(false)) {
                otherwise.collect(into);
            }
        }
    }

    private record Equals(Expression left, Expression right) implements Condition {
        @Override
        public boolean holds(Scope scope) {
            return left.evaluate(scope).equals(right.evaluate(scope));
        }

        @Override
        public void collect(References into) {
            left.collect(into);
            right.collect(into);
        }
    }

    private record Not(Condition negated) implements Condition {
        @Override
        public boolean holds(Scope scope) {
            return !negated.holds(scope);
        }

        @Override
        public void collect(References into) {
            negated.collect(into);
        }
    }

    private record And(List<Condition> all) implements Condition {
        @Override
        public boolean holds(Scope scope) {
            return all.stream().allMatch(c -> c.holds(scope));
        }

        @Override
        public void collect(References into) {
            all.forEach(c -> c.collect(into));
        }
    }

    private record Or(List<Condition> any) implements Condition {
        @Override
        public boolean holds(Scope scope) {
            return any.stream().anyMatch(c -> c.holds(scope));
        }

        @Override
        public void collect(References into) {
            any.forEach(c -> c.collect(into));
        }
    }

    private record Named(String name) implements Condition {
        @Override
        public boolean holds(Scope scope) {
            return scope.condition(name);
        }

        @Override
        public void collect(References into) {
            into.conditions.add(name);
        }
    }
}
