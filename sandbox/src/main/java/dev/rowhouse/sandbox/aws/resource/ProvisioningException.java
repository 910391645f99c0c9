package dev.rowhouse.sandbox.aws.resource;

import java.util.UUID;

/** A resource that could not be made or removed; the message is the reason in the stack's events. */
public final class ProvisioningException extends Exception {
    public ProvisioningException(String reason) {
        super(reason);
    }

    /** In the form that resource handlers give their service's refusals. */
    static ProvisioningException refused(String service, String message, String handlerErrorCode) {
        return new ProvisioningException("Resource handler returned message: \"" + message + " (Service: " + service
                + ", Status Code: 400, Request ID: " + UUID.randomUUID() + ")\" (RequestToken: " + UUID.randomUUID()
                + ", HandlerErrorCode: " + handlerErrorCode + ")");
    }
}
