package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.resource.ProvisioningException;
import dev.rowhouse.sandbox.aws.resource.ResourceTypes;
import dev.rowhouse.sandbox.aws.template.TemplateException;
import dev.rowhouse.sandbox.aws.wire.AwsException;
import dev.rowhouse.sandbox.aws.wire.RandomText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the properties of an {@code AWS::CloudFormation::Stack} resource: what the stack within its parent is to be. */
final class NestedStack {
    /** So that a template that names itself comes to an end. */
    static final int MAX_DEPTH = 5;

    private static final Set<String> KNOWN =
            Set.of("TemplateURL", "Parameters", "Tags", "TimeoutInMinutes", "NotificationARNs");
    private static final int MAX_NAME = 128;
    private static final int MAX_LOGICAL_ID = 64;

    private final Stack parent;
    private final String logicalId;
    private final Map<String, Object> properties;

    /** @param properties evaluated */
    NestedStack(Stack parent, String logicalId, Map<String, Object> properties) {
        this.parent = parent;
        this.logicalId = logicalId;
        this.properties = properties;
    }

    /** @throws ProvisioningException if there is no such template, or its parameters are not as they should be */
    Blueprint draw(Templates templates, ResourceTypes types) throws ProvisioningException {
        checkNames();
        if (parent.depth() >= MAX_DEPTH) {
            throw new ProvisioningException("Stacks nested more than " + MAX_DEPTH
                    + " deep are not supported by the sandbox's stand-in for AWS");
        }
        try {
            return Blueprint.draw(parent.territory, parent.creator, request(templates.at(url())), types);
        } catch (AwsException | TemplateException e) {
            throw new ProvisioningException(e.getMessage());
        }
    }

    private void checkNames() throws ProvisioningException {
        for (String name : properties.keySet()) {
            if (!KNOWN.contains(name)) {
                throw new ProvisioningException("Encountered unsupported property " + name);
            }
        }
        if (properties.containsKey("NotificationARNs")) {
            throw new ProvisioningException("The property NotificationARNs of a nested stack is not supported by the "
                    + "sandbox's stand-in for AWS");
        }
    }

    private String url() throws ProvisioningException {
        if (properties.get("TemplateURL") instanceof String url && !url.isEmpty()) {
            return url;
        }
        throw new ProvisioningException("Property TemplateURL cannot be empty.");
    }

    /** Like the parent's; but what becomes of it when it fails is for the parent to decide. */
    private StackRequest request(String templateBody) throws ProvisioningException {
        return new StackRequest(
                name(),
                templateBody,
                parameters(),
                tags(),
                parent.request.capabilities(),
                StackRequest.OnFailure.DO_NOTHING,
                timeout(),
                parent.request.roleArn(),
                Optional.empty(),
                false,
                Map.of());
    }

    private String name() {
        String tail = "-" + cut(logicalId, MAX_LOGICAL_ID) + "-" + RandomText.upper(12);
        return cut(parent.name(), MAX_NAME - tail.length()) + tail;
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    private Map<String, String> parameters() throws ProvisioningException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : object("Parameters").entrySet()) {
            if (!(entry.getValue() instanceof String value)) {
                throw new ProvisioningException(
                        "Value of property Parameters must be an object with String (or simple type) properties");
            }
            values.put((String) entry.getKey(), value);
        }
        return values;
    }

    private Map<?, ?> object(String property) throws ProvisioningException {
        Object value = properties.getOrDefault(property, Map.of());
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new ProvisioningException("Value of property " + property + " must be an object");
    }

    /** The parent's, and its own. */
    private Map<String, String> tags() throws ProvisioningException {
        Map<String, String> tags = new LinkedHashMap<>(parent.request.tags());
        if (!(properties.getOrDefault("Tags", List.of()) instanceof List<?> own)) {
            throw new ProvisioningException("Value of property Tags must be of type List");
        }
        for (Object tag : own) {
            if (!(tag instanceof Map<?, ?> map
                    && map.keySet().equals(Set.of("Key", "Value"))
                    && map.get("Key") instanceof String key
                    && map.get("Value") instanceof String value)) {
                throw new ProvisioningException(
                        "Every member of the property Tags must be an object with Key and Value");
            }
            tags.put(key, value);
        }
        return tags;
    }

    private Optional<Duration> timeout() throws ProvisioningException {
        Object minutes = properties.get("TimeoutInMinutes");
        if (minutes == null) {
            return Optional.empty();
        }
        if (minutes instanceof String text && text.matches("[1-9]\\d{0,8}")) {
            return Optional.of(Duration.ofMinutes(Integer.parseInt(text)));
        }
        throw new ProvisioningException("Value of property TimeoutInMinutes must be of type Integer, and 1 at least");
    }
}
