package dev.rowhouse.sandbox.aws.template;

import java.util.Set;

/** Which resource types there are, for checking a template. */
public interface ResourceCatalog {
    boolean hasType(String type);

    /** Whether {@code Fn::GetAtt} may ask a resource of this type for the attribute. */
    boolean hasAttribute(String type, String attribute);

    /** What {@link #hasAttribute} answers true for, to be shown. */
    Set<String> attributes(String type);
}
