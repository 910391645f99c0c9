package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.resource.ResourceTypes;
import dev.rowhouse.sandbox.aws.template.BoundTemplate;
import dev.rowhouse.sandbox.aws.template.ResourceDeclaration;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * How long each part of making one stack takes, so that the whole takes the time that was asked for. Resources that do not
 * depend on one another are made at the same time; the longest chain decides. A last step of the stack's own comes after, so
 * that a database is seen to be complete before its stack is.
 */
final class Pace {
    private static final int LAST_STEP = 1;

    private final ToIntFunction<ResourceDeclaration> weight;
    private final Duration unit;

    private Pace(ToIntFunction<ResourceDeclaration> weight, Duration unit) {
        this.weight = weight;
        this.unit = unit;
    }

    static Pace of(BoundTemplate template, ResourceTypes types, Duration whole) {
        ToIntFunction<ResourceDeclaration> weight = resource -> types.weight(resource.type());
        Map<String, ResourceDeclaration> resources = template.resources().stream()
                .collect(Collectors.toMap(ResourceDeclaration::logicalId, resource -> resource));
        Map<String, Integer> ends = new HashMap<>();
        int longest = resources.keySet().stream()
                .mapToInt(id -> end(id, resources, template, weight, ends))
                .max()
                .orElse(0);
        return new Pace(weight, whole.dividedBy(longest + LAST_STEP));
    }

    private static int end(
            String id,
            Map<String, ResourceDeclaration> resources,
            BoundTemplate template,
            ToIntFunction<ResourceDeclaration> weight,
            Map<String, Integer> ends) {
        Integer known = ends.get(id);
        if (known != null) {
            return known;
        }
        int begin = 0;
        for (String needed : template.dependencies(id)) {
            begin = Math.max(begin, end(needed, resources, template, weight, ends));
        }
        int end = begin + weight.applyAsInt(resources.get(id));
        ends.put(id, end);
        return end;
    }

    Duration of(ResourceDeclaration resource) {
        return unit.multipliedBy(weight.applyAsInt(resource));
    }

    Duration lastStep() {
        return unit.multipliedBy(LAST_STEP);
    }
}
