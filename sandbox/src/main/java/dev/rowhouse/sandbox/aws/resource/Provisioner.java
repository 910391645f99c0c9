package dev.rowhouse.sandbox.aws.resource;

import java.util.Map;

/** Makes and removes resources of one type. Called from several threads at once, never twice at a time for one resource. */
public interface Provisioner {
    /** Names the resource to come; does nothing else. This is what {@code Ref} gives. */
    String physicalId(ResourceRequest request);

    /**
     * Makes it, which may take seconds, and answers its attributes: strings or lists of strings. If it fails, nothing is left.
     *
     * @throws ProvisioningException with the reason shown in the stack's events
     */
    Map<String, Object> create(ResourceRequest request, String physicalId) throws ProvisioningException;

    /**
     * Removes what {@link #create} has made.
     *
     * @throws ProvisioningException with the reason shown in the stack's events; it is still there then
     */
    void delete(String physicalId) throws ProvisioningException;
}
