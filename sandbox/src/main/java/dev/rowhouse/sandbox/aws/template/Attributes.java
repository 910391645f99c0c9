package dev.rowhouse.sandbox.aws.template;

/** What the resources that exist so far answer to {@code Ref} and {@code Fn::GetAtt}, and other stacks to {@code ImportValue}. */
public interface Attributes {
    String ref(String logicalId);

    /**
     * A string or a list of strings.
     *
     * @throws TemplateException if a nested stack has no such output
     */
    Object attribute(String logicalId, String attribute);

    String imported(String exportName);
}
