package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.Faults.Phase;
import dev.rowhouse.sandbox.aws.resource.Provisioner;
import dev.rowhouse.sandbox.aws.resource.ProvisioningException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Removes a stack's resources one after another, the youngest first, and goes on past one that cannot be removed. Guarded by the
 * {@link Timeline}.
 */
final class Removal implements Stack.Operation {
    private final Stack stack;
    private final Workshop workshop;
    private final Timeline timeline;
    private final Kind kind;
    private final Deque<StackResource> left = new ArrayDeque<>();
    private final List<String> failed = new ArrayList<>();
    private Duration each = Duration.ZERO;
    private boolean running = true;

    Removal(Stack stack, Workshop workshop, Kind kind) {
        this.stack = stack;
        this.workshop = workshop;
        this.timeline = workshop.timeline();
        this.kind = kind;
    }

    /** @param why the reason shown with the status, or null */
    void begin(String why) {
        stack.operation = this;
        StackStatus before = stack.status();
        stack.enter(kind.inProgress, why, timeline.now());
        Optional<String> inUse = workshop.book().exportInUse(stack);
        if (inUse.isPresent()) {
            running = false;
            timeline.at(timeline.now(), () -> stack.enter(before, "Delete canceled. " + inUse.get(), timeline.now()));
            return;
        }
        stack.begunResources().stream().filter(Removal::isThere).forEach(left::push);
        // Removing takes half as long as making.
        each = left.isEmpty() ? Duration.ZERO : stack.pace.dividedBy(2L * left.size());
        next();
    }

    /** What CloudFormation never got to naming was never made. */
    private static boolean isThere(StackResource resource) {
        return !resource.physicalId.isEmpty()
                && !resource.is(ResourceStatus.DELETE_COMPLETE)
                && !resource.is(ResourceStatus.DELETE_SKIPPED);
    }

    @Override
    public void stop() {
        running = false;
    }

    private void next() {
        StackResource resource = left.poll();
        if (resource == null) {
            finished();
        } else if (kind.retains(resource.declaration.deletionPolicy())) {
            stack.enter(resource, ResourceStatus.DELETE_SKIPPED, null, timeline.now());
            next();
        } else {
            remove(resource);
        }
    }

    private void remove(StackResource resource) {
        Instant begun = timeline.now();
        stack.enter(resource, ResourceStatus.DELETE_IN_PROGRESS, null, begun);
        if (resource.isStack()) {
            removeStack(resource);
            return;
        }
        Provisioner provisioner = workshop.types().provisioner(resource.declaration.type());
        // It may still be in the making, and nothing that is made after its removal would ever be removed.
        CompletableFuture<Void> work =
                resource.there.thenAcceptAsync(there -> delete(provisioner, resource, there), workshop.workers());
        resource.there = work.handle((nothing, failure) -> failure != null);
        work.whenComplete((nothing, failure) -> {
            Instant due = begun.plus(each);
            timeline.at(
                    due.isAfter(timeline.now()) ? due : timeline.now(), whileRunning(() -> removed(resource, failure)));
        });
    }

    private Runnable whileRunning(Runnable step) {
        return () -> {
            if (running) {
                step.run();
            }
        };
    }

    private void removeStack(StackResource resource) {
        CompletableFuture.runAsync(() -> checkAllowed(resource), workshop.workers())
                .whenComplete((nothing, failure) -> timeline.at(timeline.now(), whileRunning(() -> {
                    Optional<Stack> nested = workshop.book()
                            .find(stack.territory, resource.physicalId)
                            .filter(Stack::exists);
                    if (failure != null || nested.isEmpty()) {
                        removed(resource, failure);
                    } else {
                        removeStack(resource, nested.get());
                    }
                })));
    }

    private void removeStack(StackResource resource, Stack nested) {
        nested.atRest = () -> timeline.at(timeline.now(), whileRunning(() -> removed(resource, leftover(nested))));
        if (!nested.is(StackStatus.DELETE_IN_PROGRESS)) {
            workshop.delete(nested);
        }
    }

    /** Why it is still there; null if it is not. */
    private static Throwable leftover(Stack nested) {
        return nested.exists()
                ? new ProvisioningException(
                        "Embedded stack " + nested.id + " was not successfully deleted: " + nested.reason())
                : null;
    }

    /** What could not be made is not there; under its name there may be somebody else's. */
    private void delete(Provisioner provisioner, StackResource resource, Boolean there) {
        checkAllowed(resource);
        if (!there) {
            return;
        }
        try {
            provisioner.delete(resource.physicalId);
        } catch (ProvisioningException e) {
            throw new CompletionException(e);
        }
    }

    private void checkAllowed(StackResource resource) {
        Optional<String> fault = workshop.faults().onResource(stack.name(), resource.logicalId(), Phase.DELETE);
        if (fault.isPresent()) {
            throw new CompletionException(new ProvisioningException(fault.get()));
        }
    }

    private void removed(StackResource resource, Throwable failure) {
        if (failure == null) {
            stack.enter(resource, ResourceStatus.DELETE_COMPLETE, null, timeline.now());
        } else {
            failed.add(resource.logicalId());
            stack.enter(resource, ResourceStatus.DELETE_FAILED, Creation.reason(failure), timeline.now());
        }
        next();
    }

    private void finished() {
        running = false;
        if (failed.isEmpty()) {
            stack.enter(kind.complete, null, timeline.now());
        } else {
            stack.enter(kind.failed, "The following resource(s) failed to delete: " + failed + ". ", timeline.now());
        }
    }

    /** Why it is removed, and the statuses that go with it. */
    enum Kind {
        ROLLBACK(
                StackStatus.ROLLBACK_IN_PROGRESS,
                StackStatus.ROLLBACK_COMPLETE,
                StackStatus.ROLLBACK_FAILED,
                Set.of("Retain")),
        DELETE(
                StackStatus.DELETE_IN_PROGRESS,
                StackStatus.DELETE_COMPLETE,
                StackStatus.DELETE_FAILED,
                Set.of("Retain", "RetainExceptOnCreate"));

        private final StackStatus inProgress;
        private final StackStatus complete;
        private final StackStatus failed;
        private final Set<String> retaining;

        Kind(StackStatus inProgress, StackStatus complete, StackStatus failed, Set<String> retaining) {
            this.inProgress = inProgress;
            this.complete = complete;
            this.failed = failed;
            this.retaining = retaining;
        }

        private boolean retains(String deletionPolicy) {
            return deletionPolicy != null && retaining.contains(deletionPolicy);
        }
    }
}
