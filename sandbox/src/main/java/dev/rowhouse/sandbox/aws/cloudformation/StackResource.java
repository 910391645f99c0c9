package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.resource.ResourceTypes;
import dev.rowhouse.sandbox.aws.template.ResourceDeclaration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A stack's resource, changing. Guarded by the {@link Timeline}. */
final class StackResource {
    final ResourceDeclaration declaration;

    /** Whether it is really there, once its provisioner has done what it was last asked: whatever comes next waits for it. */
    CompletableFuture<Boolean> there = CompletableFuture.completedFuture(false);

    String physicalId = "";
    String shownProperties;
    Map<String, Object> attributes = Map.of();
    private ResourceStatus status = ResourceStatus.NOT_BEGUN;
    private String reason;
    private Instant changedAt;

    StackResource(ResourceDeclaration declaration) {
        this.declaration = declaration;
    }

    /** Through {@link Stack#enter} only, which records the event. */
    void enter(ResourceStatus next, String why, Instant at) {
        status = next;
        reason = why;
        changedAt = at;
    }

    String logicalId() {
        return declaration.logicalId();
    }

    /** Whether it is a stack of its own. */
    boolean isStack() {
        return declaration.type().equals(ResourceTypes.NESTED_STACK);
    }

    boolean is(ResourceStatus asked) {
        return status == asked;
    }

    ResourceStatus status() {
        return status;
    }

    /** Null where there is none. */
    String reason() {
        return reason;
    }

    Instant changedAt() {
        return changedAt;
    }
}
