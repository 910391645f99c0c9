package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.template.Template;
import dev.rowhouse.sandbox.aws.wire.AwsException;
import dev.rowhouse.sandbox.aws.wire.Parameters;
import dev.rowhouse.sandbox.aws.wire.Xml;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The calls that make, protect and delete stacks. Guarded by the {@link Timeline}. */
final class Writes {
    private final StackBook book;
    private final Workshop workshop;
    private final int stackLimit;

    /** @param stackLimit how many stacks an account may have in a region */
    Writes(StackBook book, Workshop workshop, int stackLimit) {
        this.book = book;
        this.workshop = workshop;
        this.stackLimit = stackLimit;
    }

    String createStack(Blueprint blueprint) {
        StackRequest request = blueprint.request();
        Territory territory = blueprint.territory();
        Optional<Stack> made = book.alreadyMade(territory, request);
        if (made.isPresent()) {
            return stackId(made.get());
        }
        checkRole(territory, request);
        checkCapabilities(blueprint.template(), request);
        if (book.named(territory, request.name()).isPresent()) {
            throw new AwsException(400, "AlreadyExistsException", "Stack [" + request.name() + "] already exists");
        }
        if (book.existing(territory) >= stackLimit) {
            throw new AwsException(
                    400,
                    "LimitExceededException",
                    "Limit for stack has been exceeded: this account has " + stackLimit + " stacks in "
                            + territory.region());
        }
        Stack stack =
                new Stack(book.nextNumber(), blueprint, workshop.timeline().now());
        book.add(stack);
        new Creation(stack, workshop, outputs -> book.exportConflict(stack, outputs)).begin();
        return stackId(stack);
    }

    private static void checkRole(Territory territory, StackRequest request) {
        request.roleArn().ifPresent(arn -> {
            if (!arn.contains("::" + territory.account() + ":")) {
                throw new AwsException(403, "AccessDenied", "Cross-account pass role is not allowed.");
            }
        });
    }

    private static void checkCapabilities(Template template, StackRequest request) {
        List<String> given = request.capabilities();
        for (String needed : template.capabilities()) {
            // The stronger one includes the weaker.
            if (!given.contains(needed) && !given.contains("CAPABILITY_NAMED_IAM")) {
                throw new AwsException(
                        400, "InsufficientCapabilitiesException", "Requires capabilities : [" + needed + "]");
            }
        }
    }

    String updateTerminationProtection(Territory territory, Parameters parameters) {
        parameters.refuseOthersThan(Set.of("StackName", "EnableTerminationProtection"));
        String name = parameters.required("StackName");
        parameters.required("EnableTerminationProtection");
        Stack stack = book.find(territory, name)
                .filter(Stack::exists)
                .orElseThrow(() -> AwsException.validationError("Stack [" + name + "] does not exist"));
        if (stack.is(StackStatus.DELETE_IN_PROGRESS)) {
            throw AwsException.validationError("Stack [" + name + "] cannot be updated while it is being deleted");
        }
        stack.terminationProtection =
                parameters.flag("EnableTerminationProtection").orElseThrow();
        return stackId(stack);
    }

    String deleteStack(Territory territory, Parameters parameters) {
        parameters.refuseOthersThan(Set.of("StackName", "ClientRequestToken", "RoleARN"));
        String name = parameters.required("StackName");
        Optional<String> token = parameters.text("ClientRequestToken", 1, StackRequest.MAX_TOKEN, StackRequest.TOKEN);
        StackRequest.roleArn(parameters);
        // Deleting what is not there succeeds, as on AWS.
        book.find(territory, name)
                .filter(stack -> stack.exists() && !stack.is(StackStatus.DELETE_IN_PROGRESS))
                .ifPresent(stack -> {
                    if (stack.terminationProtection) {
                        throw AwsException.validationError("Stack [" + stack.name()
                                + "] cannot be deleted while TerminationProtection is enabled");
                    }
                    stack.operationToken(token.orElse(null));
                    stack.operation.stop();
                    new Removal(stack, workshop, Removal.Kind.DELETE).begin("User Initiated");
                });
        return "";
    }

    private static String stackId(Stack stack) {
        return new Xml().text("StackId", stack.id).toString();
    }
}
