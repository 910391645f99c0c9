package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.Faults.Phase;
import dev.rowhouse.sandbox.aws.resource.Provisioner;
import dev.rowhouse.sandbox.aws.resource.ProvisioningException;
import dev.rowhouse.sandbox.aws.resource.ResourceRequest;
import dev.rowhouse.sandbox.aws.resource.ResourceTypes;
import dev.rowhouse.sandbox.aws.template.BoundTemplate.OutputValue;
import dev.rowhouse.sandbox.aws.template.TemplateException;
import dev.rowhouse.sandbox.aws.wire.AwsException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Makes a stack's resources, each once those it depends on are complete, and sees to what {@code OnFailure} asks for. Guarded by
 * the {@link Timeline}.
 */
final class Creation implements Stack.Operation {
    private static final String CANCELLED = "Resource creation cancelled";

    private final Stack stack;
    private final Workshop workshop;
    private final Timeline timeline;
    private final Pace pace;
    private boolean running = true;

    Creation(Stack stack, Workshop workshop) {
        this.stack = stack;
        this.workshop = workshop;
        this.timeline = workshop.timeline();
        this.pace = Pace.of(stack.bound, workshop.types(), stack.pace);
    }

    void begin() {
        stack.operation = this;
        stack.enter(StackStatus.CREATE_IN_PROGRESS, "User Initiated", stack.createdAt);
        stack.request
                .timeout()
                .ifPresent(timeout -> timeline.at(stack.createdAt.plus(timeout), whileRunning(this::timedOut)));
        Optional<String> missing = missingImport();
        if (missing.isPresent()) {
            String why = "No export named " + missing.get() + " found. ";
            timeline.at(stack.createdAt, whileRunning(() -> failed(why, stack.createdAt)));
        } else {
            beginWhatIsFree(stack.createdAt);
        }
    }

    private Optional<String> missingImport() {
        for (String name : stack.bound.imports()) {
            Optional<String> value = workshop.book().exported(stack.territory, name);
            if (value.isEmpty()) {
                return Optional.of(name);
            }
            stack.imports.put(name, value.get());
        }
        return Optional.empty();
    }

    @Override
    public void stop() {
        cancelResources();
    }

    @Override
    public void cancel() {
        if (running) {
            cancelResources();
            failed(failedResources(), timeline.now());
        }
    }

    private Runnable whileRunning(Runnable step) {
        return () -> {
            if (running) {
                step.run();
            }
        };
    }

    private void beginWhatIsFree(Instant at) {
        boolean complete = true;
        for (StackResource resource : stack.allResources()) {
            complete &= resource.is(ResourceStatus.CREATE_COMPLETE);
            boolean free = stack.bound.dependencies(resource.logicalId()).stream()
                    .allMatch(id -> stack.resources.get(id).is(ResourceStatus.CREATE_COMPLETE));
            if (free && resource.is(ResourceStatus.NOT_BEGUN)) {
                begin(resource, at);
            }
        }
        if (complete) {
            timeline.at(at.plus(pace.lastStep()), whileRunning(this::completed));
        }
    }

    private void begin(StackResource resource, Instant at) {
        String id = resource.logicalId();
        stack.enter(resource, ResourceStatus.CREATE_IN_PROGRESS, null, at);
        Instant due = at.plus(pace.of(resource.declaration));
        ResourceRequest request;
        try {
            request = request(resource, withoutDynamicReferences(stack.bound.properties(id, stack)));
            resource.shownProperties = Json.write(stack.bound.shownProperties(id, stack));
        } catch (TemplateException e) {
            timeline.at(due, whileRunning(() -> failed(resource, e.getMessage(), due)));
            return;
        }
        if (resource.isStack()) {
            beginStack(resource, request, due);
            return;
        }
        Provisioner provisioner = workshop.types().provisioner(request.type());
        resource.physicalId = provisioner.physicalId(request);
        stack.enter(resource, ResourceStatus.CREATE_IN_PROGRESS, "Resource creation Initiated", at);
        String physicalId = resource.physicalId;
        CompletableFuture<Map<String, Object>> work =
                CompletableFuture.supplyAsync(() -> create(provisioner, request, physicalId), workshop.workers());
        resource.there = work.handle((attributes, failure) -> failure == null);
        work.whenComplete((attributes, failure) -> {
            Instant end = later(due, timeline.now());
            timeline.at(end, whileRunning(() -> {
                if (failure == null) {
                    completed(resource, attributes, end);
                } else {
                    failed(resource, reason(failure), end);
                }
            }));
        });
    }

    private void beginStack(StackResource resource, ResourceRequest request, Instant due) {
        NestedStack nested = new NestedStack(stack, request.logicalId(), request.properties());
        CompletableFuture.supplyAsync(() -> draw(nested, request), workshop.workers())
                .whenComplete((blueprint, failure) -> {
                    Instant at = failure == null ? timeline.now() : later(due, timeline.now());
                    timeline.at(at, whileRunning(() -> {
                        if (failure == null) {
                            beginStack(resource, blueprint);
                        } else {
                            failed(resource, reason(failure), at);
                        }
                    }));
                });
    }

    private Blueprint draw(NestedStack nested, ResourceRequest request) {
        try {
            checkAllowed(request);
            return nested.draw(workshop.templates(), workshop.types());
        } catch (ProvisioningException e) {
            throw new CompletionException(e);
        }
    }

    private void beginStack(StackResource resource, Blueprint blueprint) {
        Instant now = timeline.now();
        try {
            Workshop.checkCapabilities(blueprint);
            workshop.checkRoom(stack.territory);
        } catch (AwsException e) {
            failed(resource, e.getMessage(), now);
            return;
        }
        resource.physicalId = blueprint.id();
        stack.enter(resource, ResourceStatus.CREATE_IN_PROGRESS, "Resource creation Initiated", now);
        Stack nested = workshop.begin(blueprint, stack, pace.of(resource.declaration));
        nested.atRest = () -> timeline.at(timeline.now(), whileRunning(() -> ended(resource, nested)));
    }

    private void ended(StackResource resource, Stack nested) {
        Instant now = timeline.now();
        if (nested.is(StackStatus.CREATE_COMPLETE)) {
            Map<String, Object> outputs = new HashMap<>();
            nested.outputs.forEach(output -> outputs.put(ResourceTypes.OUTPUTS + output.key(), output.value()));
            completed(resource, outputs, now);
        } else {
            String why = nested.reason() == null ? "it ended in " + nested.status() : nested.reason();
            failed(resource, "Embedded stack " + nested.id + " was not successfully created: " + why, now);
        }
    }

    private static Map<String, Object> withoutDynamicReferences(Map<String, Object> properties) {
        if (Json.write(properties).contains("{{resolve:")) {
            throw new TemplateException(
                    "Dynamic references ({{resolve:...}}) are not supported by the sandbox's stand-in for AWS");
        }
        return properties;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Map<String, Object> create(Provisioner provisioner, ResourceRequest request, String physicalId) {
        try {
            checkAllowed(request);
            return provisioner.create(request, physicalId);
        } catch (ProvisioningException e) {
            throw new CompletionException(e);
        }
    }

    private void checkAllowed(ResourceRequest request) throws ProvisioningException {
        Optional<String> fault = workshop.faults().onResource(request.stackName(), request.logicalId(), Phase.CREATE);
        if (fault.isPresent()) {
            throw new ProvisioningException(fault.get());
        }
        // Without a role of its own CloudFormation acts as its caller for as long as that session lives.
        if (stack.request.roleArn().isEmpty() && stack.creator.hasEnded(timeline.now())) {
            throw new ProvisioningException("The security token included in the request is expired");
        }
    }

    static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ProvisioningException ? cause.getMessage() : "Internal Failure: " + cause;
    }

    private ResourceRequest request(StackResource resource, Map<String, Object> properties) {
        return new ResourceRequest(
                stack.territory.partition(),
                stack.territory.account(),
                stack.territory.region(),
                stack.name(),
                resource.logicalId(),
                resource.declaration.type(),
                properties);
    }

    private void completed(StackResource resource, Map<String, Object> attributes, Instant at) {
        resource.attributes = attributes;
        stack.enter(resource, ResourceStatus.CREATE_COMPLETE, null, at);
        beginWhatIsFree(at);
    }

    private void completed() {
        Instant now = timeline.now();
        try {
            List<OutputValue> outputs = stack.bound.outputs(stack);
            Optional<String> conflict = workshop.book().exportConflict(stack, outputs);
            if (conflict.isPresent()) {
                failed(conflict.get() + ". ", now);
                return;
            }
            running = false;
            stack.outputs = outputs;
            stack.enter(StackStatus.CREATE_COMPLETE, null, now);
        } catch (TemplateException e) {
            failed(e.getMessage() + ". ", now);
        }
    }

    private void timedOut() {
        failed("Stack creation time exceeded the specified timeout. ", timeline.now());
    }

    private void failed(StackResource resource, String why, Instant at) {
        stack.enter(resource, ResourceStatus.CREATE_FAILED, why, at);
        cancelResources();
        failed(failedResources(), at);
    }

    private String failedResources() {
        List<String> failed = stack.allResources().stream()
                .filter(r -> r.is(ResourceStatus.CREATE_FAILED))
                .map(StackResource::logicalId)
                .toList();
        return "The following resource(s) failed to create: " + failed + ". ";
    }

    private void cancelResources() {
        running = false;
        Instant now = timeline.now();
        stack.allResources().stream()
                .filter(r -> r.is(ResourceStatus.CREATE_IN_PROGRESS))
                .forEach(r -> {
                    stack.enter(r, ResourceStatus.CREATE_FAILED, CANCELLED, now);
                    if (r.isStack()) {
                        workshop.book()
                                .find(stack.territory, r.physicalId)
                                .ifPresent(nested -> nested.operation.cancel());
                    }
                });
    }

    private void failed(String why, Instant at) {
        cancelResources();
        switch (stack.request.onFailure()) {
            case DO_NOTHING -> stack.enter(StackStatus.CREATE_FAILED, why, at);
            case ROLLBACK ->
                new Removal(stack, workshop, Removal.Kind.ROLLBACK).begin(why + "Rollback requested by user.");
            case DELETE -> new Removal(stack, workshop, Removal.Kind.DELETE).begin(why + "Delete requested by user.");
        }
    }
}
