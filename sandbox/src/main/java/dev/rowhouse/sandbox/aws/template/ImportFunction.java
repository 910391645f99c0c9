package dev.rowhouse.sandbox.aws.template;

/**
 * {@code Fn::ImportValue}: what another stack exports. Which one must be known before any resource is made.
 *
 * @param exportName evaluates to the name of the export
 */
record ImportFunction(Expression exportName) implements Expression {
    private static final String ARGUMENT =
            "Template error: the attribute in Fn::ImportValue must be a string or a function that returns a string";

    static Expression read(Object node) {
        return new ImportFunction(Functions.read(node));
    }

    /** The name of the export. */
    String name(Scope scope) {
        return Functions.text(exportName.evaluate(scope), ARGUMENT);
    }

    @Override
    public Object evaluate(Scope scope) {
        return scope.imported(name(scope));
    }

    @Override
    public void collect(References into) {
        into.imports.add(this);
        exportName.collect(into);
    }
}
