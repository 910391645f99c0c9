package dev.rowhouse.sandbox.aws.cloudformation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stack as the cloud saw it, at one moment.
 *
 * @param parentId of the stack that it is nested in
 * @param parameters {@code NoEcho} ones masked
 * @param resources each logical id's status, of those that were begun, in that order
 */
public record SeenStack(
        String id,
        String name,
        Optional<String> parentId,
        String account,
        String region,
        StackStatus status,
        Map<String, String> parameters,
        Map<String, String> tags,
        List<String> capabilities,
        Optional<String> roleArn,
        Optional<String> clientRequestToken,
        boolean terminationProtection,
        Map<String, String> resources) {
    static SeenStack of(Stack stack) {
        Map<String, String> resources = new LinkedHashMap<>();
        stack.begunResources()
                .forEach(r -> resources.put(r.logicalId(), r.status().name()));
        return new SeenStack(
                stack.id,
                stack.name(),
                Optional.ofNullable(stack.parent).map(parent -> parent.id),
                stack.territory.account(),
                stack.territory.region(),
                stack.status(),
                stack.shownParameters,
                Map.copyOf(stack.request.tags()),
                List.copyOf(stack.request.capabilities()),
                stack.request.roleArn(),
                stack.request.token(),
                stack.root().terminationProtection,
                resources);
    }
}
