package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.template.BoundTemplate.OutputValue;
import dev.rowhouse.sandbox.aws.wire.AwsException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Every stack there is or was. Guarded by the {@link Timeline}. */
final class StackBook {
    /** How long AWS lists a deleted stack. */
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private final Map<String, Stack> byId = new LinkedHashMap<>();
    private final Map<Key, Stack> byName = new HashMap<>();
    private final Map<Key, Stack> byToken = new HashMap<>();
    private final Map<String, Integer> createdByName = new HashMap<>();
    private long nextNumber = 1;

    long nextNumber() {
        return nextNumber++;
    }

    void add(Stack stack) {
        byId.put(stack.id, stack);
        byName.put(new Key(stack.territory, stack.name()), stack);
        stack.request
                .token()
                .ifPresent(token -> byToken.put(new Key(stack.territory, stack.name() + "/" + token), stack));
        createdByName.merge(stack.name(), 1, Integer::sum);
    }

    /** The stack of that name that is not deleted. */
    Optional<Stack> named(Territory territory, String name) {
        return Optional.ofNullable(byName.get(new Key(territory, name))).filter(Stack::exists);
    }

    /** By name one that is not deleted, by id any. */
    Optional<Stack> find(Territory territory, String nameOrId) {
        return nameOrId.startsWith("arn:")
                ? Optional.ofNullable(byId.get(nameOrId)).filter(stack -> stack.territory.equals(territory))
                : named(territory, nameOrId);
    }

    /**
     * The stack that this very request has made already.
     *
     * @throws AwsException if its token was used for another request
     */
    Optional<Stack> alreadyMade(Territory territory, StackRequest request) {
        Optional<Stack> stack =
                request.token().map(token -> byToken.get(new Key(territory, request.name() + "/" + token)));
        stack.ifPresent(made -> {
            if (!made.exists() || !made.request.asked().equals(request.asked())) {
                throw new AwsException(
                        400,
                        "TokenAlreadyExistsException",
                        "The client request token " + request.token().orElseThrow()
                                + " has already been used for this stack. Retry the request with a different client request "
                                + "token");
            }
        });
        return stack;
    }

    /** The youngest first, deleted ones as long as AWS lists them. */
    List<Stack> of(Territory territory, Instant now) {
        List<Stack> stacks = new ArrayList<>();
        for (Stack stack : byId.values()) {
            boolean forgotten =
                    !stack.exists() && stack.deletedAt().plus(REMEMBERED).isBefore(now);
            if (stack.territory.equals(territory) && !forgotten) {
                stacks.add(stack);
            }
        }
        Collections.reverse(stacks);
        return stacks;
    }

    long existing(Territory territory) {
        return existingIn(territory).count();
    }

    /** Why {@code stack} may not export these, if it may not. */
    Optional<String> exportConflict(Stack stack, List<OutputValue> outputs) {
        for (Stack other : byName.values()) {
            if (other == stack || !other.exists() || !other.territory.equals(stack.territory)) {
                continue;
            }
            for (OutputValue theirs : other.outputs) {
                if (theirs.exportName() != null
                        && outputs.stream().anyMatch(ours -> theirs.exportName().equals(ours.exportName()))) {
                    return Optional.of("Export with name " + theirs.exportName() + " is already exported by stack "
                            + other.name());
                }
            }
        }
        return Optional.empty();
    }

    /** What a stack of that territory exports under the name, unless it is about to go. */
    Optional<String> exported(Territory territory, String name) {
        return existingIn(territory)
                .filter(stack -> !stack.is(StackStatus.DELETE_IN_PROGRESS))
                .flatMap(stack -> stack.outputs.stream())
                .filter(output -> name.equals(output.exportName()))
                .map(OutputValue::value)
                .findFirst();
    }

    /** Why the stack must stay, if another one imports what it exports. */
    Optional<String> exportInUse(Stack stack) {
        return stack.outputs.stream()
                .map(OutputValue::exportName)
                .filter(Objects::nonNull)
                .filter(name -> !importing(stack.territory, name).isEmpty())
                .findFirst()
                .map(name -> "Cannot delete export " + name + " as it is in use by "
                        + listed(importing(stack.territory, name)) + ".");
    }

    private List<String> importing(Territory territory, String name) {
        return existingIn(territory)
                .filter(stack -> stack.imports.containsKey(name) && !stack.is(StackStatus.ROLLBACK_COMPLETE))
                .map(Stack::name)
                .sorted()
                .toList();
    }

    private static String listed(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private Stream<Stack> existingIn(Territory territory) {
        return byName.values().stream().filter(stack -> stack.exists() && stack.territory.equals(territory));
    }

    /** Those of every account and region, the oldest first. */
    Collection<Stack> all() {
        return byId.values();
    }

    int created(String name) {
        return createdByName.getOrDefault(name, 0);
    }

    private record Key(Territory territory, String name) {}
}
