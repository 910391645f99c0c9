package dev.rowhouse.sandbox.aws.wire;

/** What answers the calls of one AWS service. Called from several threads at once. */
public interface Service {
    /** Its name in the credential scope. */
    String name();

    /** Its API version, such as {@code 2010-05-15}. */
    String version();

    /** The XML namespace of its answers. */
    String namespace();

    /**
     * Answers with the content of the action's {@code Result} element; empty for an action without one.
     *
     * @throws AwsException to refuse
     */
    String answer(Call call);
}
