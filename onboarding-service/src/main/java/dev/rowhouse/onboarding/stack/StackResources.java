package dev.rowhouse.onboarding.stack;

import dev.rowhouse.onboarding.stack.DatabaseReadiness.Listing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/** Reads what a stack is made of, its nested stacks included. */
final class StackResources {

    private static final int DEEPEST = 5;

    private final CloudFormationCalls calls;

    StackResources(CloudFormationCalls calls) {
        this.calls = calls;
    }

    Optional<Instant> databasesReadySince(StackWatch watch) {
        return DatabaseReadiness.since(watch.databases(), listing(watch, watch.stackId(), false, 0));
    }

    static StackOutputs outputs(Stack stack) {
        return new StackOutputs(
                stack.outputs().stream()
                        .filter(output -> output.outputValue() != null)
                        .collect(Collectors.toMap(Output::outputKey, Output::outputValue)),
                stack.parameters().stream()
                        .filter(parameter -> parameter.parameterValue() != null)
                        .collect(Collectors.toMap(Parameter::parameterKey, Parameter::parameterValue)),
                stack.parameters().stream()
                        .filter(parameter -> parameter.resolvedValue() != null)
                        .collect(Collectors.toMap(Parameter::parameterKey, Parameter::resolvedValue)));
    }

    private Listing listing(StackWatch watch, String stackId, boolean complete, int depth) {
        List<StackResourceSummary> resources = resources(watch, stackId);
        List<Listing> nested = new ArrayList<>();
        for (StackResourceSummary resource : resources) {
            if (Template.Resource.NESTED_STACK.equals(resource.resourceType())
                    && resource.physicalResourceId() != null
                    && resource.physicalResourceId().startsWith("arn:")
                    && depth < DEEPEST) {
                nested.add(listing(watch, resource.physicalResourceId(), StackStatus.isComplete(resource), depth + 1));
            }
        }
        return new Listing(resources, complete, nested);
    }

    private List<StackResourceSummary> resources(StackWatch watch, String stackId) {
        List<StackResourceSummary> resources = new ArrayList<>();
        String token = null;
        do {
            String page = token;
            ListStackResourcesResponse answer = calls.ask(
                    watch.access(),
                    watch.step(),
                    caller -> caller.client()
                            .listStackResources(request -> request.stackName(stackId)
                                    .nextToken(page)
                                    .overrideConfiguration(caller.identity())));
            resources.addAll(answer.stackResourceSummaries());
            token = answer.nextToken();
        } while (token != null);
        return resources;
    }
}
