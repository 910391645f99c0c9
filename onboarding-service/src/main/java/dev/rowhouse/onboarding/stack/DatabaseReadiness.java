package dev.rowhouse.onboarding.stack;

import dev.rowhouse.onboarding.stack.Template.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/**
 * Whether the databases of a stack are complete, from what it lists.
 *
 * <p>Every database of the template must be complete, a conditional one once it is listed, and every one that a nested
 * stack lists; there must be one at least, and a cluster must have its instances.
 */
final class DatabaseReadiness {

    /** What a stack lists, and what each of its nested stacks does. */
    record Listing(List<StackResourceSummary> resources, boolean complete, List<Listing> nested) {}

    private final ExpectedDatabases expected;
    private final List<StackResourceSummary> databases = new ArrayList<>();

    private DatabaseReadiness(ExpectedDatabases expected) {
        this.expected = expected;
    }

    /** When the last of them was complete; empty while one is not. */
    static Optional<Instant> since(ExpectedDatabases expected, Listing stack) {
        return new DatabaseReadiness(expected).since(stack);
    }

    private Optional<Instant> since(Listing stack) {
        Map<String, StackResourceSummary> listed = stack.resources().stream()
                .collect(Collectors.toMap(
                        StackResourceSummary::logicalResourceId, Function.identity(), (first, second) -> second));
        boolean allBegun = expected.databases().stream()
                .allMatch(database -> database.conditional() || listed.containsKey(database.logicalId()));
        boolean clustersServed = servesItsClusters(stack, expected.databases())
                && stack.nested().stream().allMatch(nested -> servesItsClusters(nested, List.of()));
        collect(stack);
        return allBegun
                        && clustersServed
                        && !databases.isEmpty()
                        && databases.stream().allMatch(StackStatus::isComplete)
                ? databases.stream()
                        .map(StackResourceSummary::lastUpdatedTimestamp)
                        .max(Instant::compareTo)
                : Optional.empty();
    }

    private void collect(Listing stack) {
        stack.resources().stream()
                .filter(resource -> !"DELETE_COMPLETE".equals(resource.resourceStatusAsString()))
                .filter(resource -> DatabaseType.of(resource.resourceType()).isPresent())
                .forEach(databases::add);
        stack.nested().forEach(this::collect);
    }

    /**
     * A cluster without an instance answers nobody. The instances of our own template are waited for by name; those of a
     * nested stack, whose template we do not know, are there once one is, or the stack is complete.
     */
    private static boolean servesItsClusters(Listing stack, List<Resource> known) {
        boolean clusterWaits = stack.resources().stream()
                .filter(resource -> DatabaseType.of(resource.resourceType())
                        .filter(type -> type == DatabaseType.CLUSTER)
                        .isPresent())
                .anyMatch(cluster -> known.stream()
                        .noneMatch(resource ->
                                resource.selfContained() && resource.logicalId().equals(cluster.logicalResourceId())));
        return !clusterWaits || stack.complete() || hasInstance(stack);
    }

    private static boolean hasInstance(Listing stack) {
        return stack.resources().stream()
                        .anyMatch(resource -> DatabaseType.of(resource.resourceType())
                                .filter(type -> type == DatabaseType.INSTANCE)
                                .isPresent())
                || stack.nested().stream().anyMatch(DatabaseReadiness::hasInstance);
    }
}
