package dev.rowhouse.sandbox.aws.template;

/** What the resources that exist so far answer to {@code Ref} and {@code Fn::GetAtt}. */
public interface Attributes {
    String ref(String logicalId);

    /** A string or a list of strings. */
    Object attribute(String logicalId, String attribute);
}
