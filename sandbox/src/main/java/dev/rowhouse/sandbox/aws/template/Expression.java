package dev.rowhouse.sandbox.aws.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value in a template, with its functions understood. Immutable. */
interface Expression {
    /** Stands for "leave this property out": the value of {@code AWS::NoValue}. */
    Object NO_VALUE = new Object() {
        @Override
        public String toString() {
            return "AWS::NoValue";
        }
    };

    /** A string, a list or a map of such, or {@link #NO_VALUE}. */
    Object evaluate(Scope scope);

    /** Tells what it refers to. */
    void collect(References into);

    record Literal(String text) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            return text;
        }

        @Override
        public void collect(References into) {}
    }

    record Sequence(List<Expression> items) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            List<Object> values = new ArrayList<>();
            for (Expression item : items) {
                Object value = item.evaluate(scope);
                if (value != NO_VALUE) {
                    values.add(value);
                }
            }
            return values;
        }

        @Override
        public void collect(References into) {
            items.forEach(item -> item.collect(into));
        }
    }

    record Mapping(Map<String, Expression> entries) implements Expression {
        @Override
        public Object evaluate(Scope scope) {
            Map<String, Object> values = new LinkedHashMap<>();
            entries.forEach((key, entry) -> {
                Object value = entry.evaluate(scope);
                if (value != NO_VALUE) {
                    values.put(key, value);
                }
            });
            return values;
        }

        @Override
        public void collect(References into) {
            entries.values().forEach(entry -> entry.collect(into));
        }
    }
}
