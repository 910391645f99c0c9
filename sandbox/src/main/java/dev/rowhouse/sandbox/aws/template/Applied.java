package dev.rowhouse.sandbox.aws.template;

import java.util.List;
import java.util.function.BiFunction;

/** A function whose arguments are evaluated first. */
record Applied(List<Expression> arguments, BiFunction<Scope, List<Object>, Object> function) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
        return function.apply(
                scope,
                arguments.stream().map(argument -> argument.evaluate(scope)).toList());
    }

    @Override
    public void collect(References into) {
        into.functions.add(this);
        arguments.forEach(argument -> argument.collect(into));
    }
}
