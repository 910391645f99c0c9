package dev.rowhouse.sandbox.aws.template;

/** A template, or the values for it, that CloudFormation would not take; the message is CloudFormation's. */
public final class TemplateException extends RuntimeException {
    public TemplateException(String message) {
        super(message);
    }

    static TemplateException unsupported(String what) {
        return new TemplateException("Template error: " + what + " is not supported by the sandbox's stand-in for AWS");
    }
}
