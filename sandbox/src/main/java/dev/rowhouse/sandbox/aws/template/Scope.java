package dev.rowhouse.sandbox.aws.template;

/** What names mean while a template is evaluated. */
interface Scope {
    /** A parameter, pseudo parameter or resource: a string or a list of strings, or {@link Expression#NO_VALUE}. */
    Object ref(String name);

    Object attribute(String logicalId, String attribute);

    boolean condition(String name);

    /** What another stack exports by that name. */
    String imported(String exportName);

    /** @throws TemplateException if the mapping has no such value */
    Object mapped(String mapping, String topKey, String secondKey);
}
