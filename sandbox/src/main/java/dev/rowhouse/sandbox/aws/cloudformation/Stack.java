package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.resource.ResourceTypes;
import dev.rowhouse.sandbox.aws.sts.Principal;
import dev.rowhouse.sandbox.aws.template.Attributes;
import dev.rowhouse.sandbox.aws.template.BoundTemplate;
import dev.rowhouse.sandbox.aws.template.BoundTemplate.OutputValue;
import dev.rowhouse.sandbox.aws.template.Template;
import dev.rowhouse.sandbox.aws.template.TemplateException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A stack, changing. Guarded by the {@link Timeline}.
 *
 * <pre>
 * CREATE_IN_PROGRESS ─▶ CREATE_COMPLETE ─────────────▶ DELETE_IN_PROGRESS ─▶ DELETE_COMPLETE | DELETE_FAILED
 *        │                                                   ▲
 *        ├─▶ CREATE_FAILED (DO_NOTHING) ─────────────────────┤
 *        ├─▶ ROLLBACK_IN_PROGRESS ─▶ ROLLBACK_COMPLETE ──────┤
 *        │                        └▶ ROLLBACK_FAILED ────────┤
 *        └─▶ (DELETE, or DeleteStack) ───────────────────────┘
 * </pre>
 */
final class Stack implements Attributes {
    final long number;
    final String id;
    final Territory territory;
    final StackRequest request;
    final Template template;
    final BoundTemplate bound;
    final Map<String, String> shownParameters;
    final Principal creator;
    final Instant createdAt;

    /** The stack that this is nested in; null if somebody asked for it. */
    final Stack parent;

    /** How long it takes to make. */
    final Duration pace;

    final Map<String, StackResource> resources = new LinkedHashMap<>();

    /** What other stacks export under the names this one asks for, as it was when it began. */
    final Map<String, String> imports = new LinkedHashMap<>();

    /** What is being done to it now. */
    Operation operation = () -> {};

    /** What is to be done whenever nothing is being done to it any more. */
    Runnable atRest = () -> {};

    boolean terminationProtection;
    List<OutputValue> outputs = List.of();
    private final List<StackEvent> events = new ArrayList<>();
    private final List<StackResource> begun = new ArrayList<>();
    private StackStatus status;
    private String reason;
    private Instant deletedAt;
    private String operationToken;

    Stack(long number, Blueprint blueprint, Stack parent, Duration pace, Instant createdAt) {
        this.number = number;
        this.id = blueprint.id();
        this.territory = blueprint.territory();
        this.request = blueprint.request();
        this.template = blueprint.template();
        this.bound = blueprint.bound();
        this.shownParameters = blueprint.shownParameters();
        this.creator = blueprint.creator();
        this.createdAt = createdAt;
        this.parent = parent;
        this.pace = pace;
        this.terminationProtection = request.terminationProtection();
        this.operationToken = request.token().orElse(null);
        bound.resources().forEach(r -> resources.put(r.logicalId(), new StackResource(r)));
    }

    String name() {
        return request.name();
    }

    /** The outermost stack, which may be this one. */
    Stack root() {
        return parent == null ? this : parent.root();
    }

    /** How many stacks it is nested in. */
    int depth() {
        return parent == null ? 0 : parent.depth() + 1;
    }

    boolean is(StackStatus asked) {
        return status == asked;
    }

    /** Whether its name is taken. */
    boolean exists() {
        return status != StackStatus.DELETE_COMPLETE;
    }

    void enter(StackStatus next, String why, Instant at) {
        status = next;
        reason = why;
        if (next == StackStatus.DELETE_COMPLETE) {
            deletedAt = at;
        }
        record(at, name(), id, ResourceTypes.NESTED_STACK, next.name(), why, null);
        if (!next.name().endsWith("_IN_PROGRESS")) {
            atRest.run();
        }
    }

    void enter(StackResource resource, ResourceStatus next, String why, Instant at) {
        if (resource.is(ResourceStatus.NOT_BEGUN)) {
            begun.add(resource);
        }
        resource.enter(next, why, at);
        record(
                at,
                resource.logicalId(),
                resource.physicalId,
                resource.declaration.type(),
                next.name(),
                why,
                resource.shownProperties);
    }

    private void record(
            Instant at,
            String logicalId,
            String physicalId,
            String type,
            String statusName,
            String why,
            String properties) {
        events.add(new StackEvent(
                events.size(),
                UUID.randomUUID().toString(),
                at,
                logicalId,
                physicalId,
                type,
                statusName,
                why,
                properties,
                operationToken));
    }

    /** From now on events carry this token. */
    void operationToken(String token) {
        operationToken = token;
    }

    StackStatus status() {
        return status;
    }

    /** Null where there is none. */
    String reason() {
        return reason;
    }

    /** Null while it is not deleted. */
    Instant deletedAt() {
        return deletedAt;
    }

    List<StackEvent> events() {
        return events;
    }

    /** Those that were begun, in that order: AWS shows no others. */
    List<StackResource> begunResources() {
        return begun;
    }

    Collection<StackResource> allResources() {
        return resources.values();
    }

    @Override
    public String ref(String logicalId) {
        return resources.get(logicalId).physicalId;
    }

    @Override
    public Object attribute(String logicalId, String attribute) {
        Object value = resources.get(logicalId).attributes.get(attribute);
        if (value == null && attribute.startsWith(ResourceTypes.OUTPUTS)) {
            throw new TemplateException("Output '" + attribute.substring(ResourceTypes.OUTPUTS.length())
                    + "' not found in stack '" + ref(logicalId) + "'");
        }
        if (value == null) {
            throw new IllegalStateException("resource " + logicalId + " of " + id + " has no attribute " + attribute
                    + ", although the template was checked for it");
        }
        return value;
    }

    @Override
    public String imported(String exportName) {
        return imports.get(exportName);
    }

    /** Something being done to a stack over time. */
    interface Operation {
        /** Does nothing more to the stack; what its resources' provisioners are at comes to its end. */
        void stop();

        /** Ends as failed, if it can: the stack around this one has failed. */
        default void cancel() {}
    }
}
