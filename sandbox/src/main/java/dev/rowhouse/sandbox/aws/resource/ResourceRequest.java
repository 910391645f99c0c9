package dev.rowhouse.sandbox.aws.resource;

import java.util.Map;
import java.util.Optional;

/**
 * A resource to make.
 *
 * @param partition such as {@code aws}
 * @param properties strings, lists and maps, evaluated
 */
public record ResourceRequest(
        String partition,
        String account,
        String region,
        String stackName,
        String logicalId,
        String type,
        Map<String, Object> properties) {

    /** The property where it is a string. */
    Optional<String> text(String property) {
        return properties.get(property) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** An ARN in this account and region. */
    String arn(String service, String resource) {
        return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
    }

    /** Leaves the properties' values out. */
    @Override
    public String toString() {
        return type + " " + logicalId + " of " + stackName + properties.keySet();
    }
}
