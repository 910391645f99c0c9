package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.wire.AwsException;
import dev.rowhouse.sandbox.aws.wire.Parameters;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What {@code CreateStack} asks for, within the limits of the service's model.
 *
 * @param asked the request as it came, to recognise it when it comes again
 */
record StackRequest(
        String name,
        String templateBody,
        Map<String, String> parameters,
        Map<String, String> tags,
        List<String> capabilities,
        OnFailure onFailure,
        Optional<Duration> timeout,
        Optional<String> roleArn,
        Optional<String> token,
        boolean terminationProtection,
        Map<String, String> asked) {
    static final Set<String> MEMBERS = Set.of(
            "StackName",
            "TemplateBody",
            "TemplateURL",
            "Parameters",
            "Tags",
            "Capabilities",
            "OnFailure",
            "DisableRollback",
            "TimeoutInMinutes",
            "RoleARN",
            "ClientRequestToken",
            "EnableTerminationProtection");
    static final Pattern TOKEN = Pattern.compile("[a-zA-Z0-9][-a-zA-Z0-9]*");
    static final int MAX_TOKEN = 128;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][-a-zA-Z0-9]*");
    private static final Pattern ROLE = Pattern.compile("arn:aws(-cn|-us-gov)?:iam::\\d{12}:role/[\\w+=,.@/-]+");
    private static final Set<String> CAPABILITIES =
            Set.of("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND");
    private static final int MAX_NAME = 128;
    private static final int MAX_TAGS = 50;
    private static final int MAX_MINUTES = Integer.MAX_VALUE;

    static StackRequest read(Parameters parameters, Templates templates) {
        parameters.refuseOthersThan(MEMBERS);
        parameters.required("StackName");
        return new StackRequest(
                parameters.text("StackName", 1, MAX_NAME, NAME).orElseThrow(),
                templates.of(parameters),
                values(parameters),
                tags(parameters),
                capabilities(parameters),
                onFailure(parameters),
                parameters.number("TimeoutInMinutes", 1, MAX_MINUTES).map(Duration::ofMinutes),
                roleArn(parameters),
                parameters.text("ClientRequestToken", 1, MAX_TOKEN, TOKEN),
                parameters.flag("EnableTerminationProtection").orElse(false),
                parameters.asMap());
    }

    private static Map<String, String> values(Parameters parameters) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Parameters parameter : parameters.structures("Parameters")) {
            parameter.refuseOthersThan(Set.of("ParameterKey", "ParameterValue"));
            String key = parameter.required("ParameterKey");
            String value = parameter
                    .text("ParameterValue")
                    .orElseThrow(() -> AwsException.validationError("Parameters: [" + key + "] must have values"));
            if (values.put(key, value) != null) {
                throw AwsException.validationError("Parameters: [" + key + "] have been specified more than once");
            }
        }
        return values;
    }

    private static Map<String, String> tags(Parameters parameters) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Parameters tag : parameters.structures("Tags")) {
            tag.refuseOthersThan(Set.of("Key", "Value"));
            String key = tag.required("Key");
            String value = tag.required("Value");
            if (key.isEmpty() || key.length() > 128) {
                throw AwsException.constraint(key, "tags.key", "Member must have length between 1 and 128");
            }
            if (value.length() > 256) {
                throw AwsException.constraint(value, "tags.value", "Member must have length less than or equal to 256");
            }
            if (key.startsWith("aws:")) {
                throw AwsException.validationError("aws: prefixed tag key names are not allowed for external use.");
            }
            if (tags.put(key, value) != null) {
                throw AwsException.validationError("Duplicate tag keys: " + key);
            }
        }
        if (tags.size() > MAX_TAGS) {
            throw AwsException.constraint(
                    "[" + tags.size() + " tags]", "tags", "Member must have length less than or equal to " + MAX_TAGS);
        }
        return tags;
    }

    private static List<String> capabilities(Parameters parameters) {
        List<String> capabilities = parameters.list("Capabilities");
        if (!CAPABILITIES.containsAll(capabilities)) {
            throw AwsException.constraint(
                    capabilities.toString(),
                    "capabilities",
                    "Member must satisfy constraint: [Member must satisfy enum value set: [CAPABILITY_NAMED_IAM, "
                            + "CAPABILITY_AUTO_EXPAND, CAPABILITY_IAM]]");
        }
        return capabilities;
    }

    private static OnFailure onFailure(Parameters parameters) {
        Optional<String> asked = parameters.text("OnFailure").filter(value -> !value.isEmpty());
        Optional<Boolean> disableRollback = parameters.flag("DisableRollback");
        if (asked.isPresent() && disableRollback.isPresent()) {
            throw AwsException.validationError("You can specify either DisableRollback or OnFailure, but not both.");
        }
        if (asked.isEmpty()) {
            return disableRollback.orElse(false) ? OnFailure.DO_NOTHING : OnFailure.ROLLBACK;
        }
        try {
            return OnFailure.valueOf(asked.get());
        } catch (IllegalArgumentException e) {
            throw AwsException.constraint(
                    asked.get(), "onFailure", "Member must satisfy enum value set: [ROLLBACK, DO_NOTHING, DELETE]");
        }
    }

    static Optional<String> roleArn(Parameters parameters) {
        Optional<String> arn = parameters.text("RoleARN").filter(value -> !value.isEmpty());
        arn.ifPresent(value -> {
            if (!ROLE.matcher(value).matches()) {
                throw AwsException.validationError("Role " + value + " is invalid or cannot be assumed");
            }
        });
        return arn;
    }

    /** What becomes of a stack that cannot be completed. */
    enum OnFailure {
        ROLLBACK,
        DELETE,
        DO_NOTHING
    }

    /** Leaves parameters and template out. */
    @Override
    public String toString() {
        return "StackRequest[" + name + "]";
    }
}
