package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.wire.AwsException;
import dev.rowhouse.sandbox.aws.wire.Parameters;
import dev.rowhouse.sandbox.aws.wire.Xml;
import java.util.Optional;
import java.util.Set;

/** The calls that make, protect and delete stacks. Guarded by the {@link Timeline}. */
final class Writes {
    private final StackBook book;
    private final Workshop workshop;

    Writes(Workshop workshop) {
        this.book = workshop.book();
        this.workshop = workshop;
    }

    String createStack(Blueprint blueprint) {
        StackRequest request = blueprint.request();
        Territory territory = blueprint.territory();
        Optional<Stack> made = book.alreadyMade(territory, request);
        if (made.isPresent()) {
            return stackId(made.get());
        }
        checkRole(territory, request);
        Workshop.checkCapabilities(blueprint);
        if (book.named(territory, request.name()).isPresent()) {
            throw new AwsException(400, "AlreadyExistsException", "Stack [" + request.name() + "] already exists");
        }
        workshop.checkRoom(territory);
        return stackId(workshop.begin(blueprint));
    }

    private static void checkRole(Territory territory, StackRequest request) {
        request.roleArn().ifPresent(arn -> {
            if (!arn.contains("::" + territory.account() + ":")) {
                throw new AwsException(403, "AccessDenied", "Cross-account pass role is not allowed.");
            }
        });
    }

    String updateTerminationProtection(Territory territory, Parameters parameters) {
        parameters.refuseOthersThan(Set.of("StackName", "EnableTerminationProtection"));
        String name = parameters.required("StackName");
        parameters.required("EnableTerminationProtection");
        Stack stack = book.find(territory, name)
                .filter(Stack::exists)
                .orElseThrow(() -> AwsException.validationError("Stack [" + name + "] does not exist"));
        if (stack.parent != null) {
            throw AwsException.validationError(
                    "Stack [" + stack.name() + "] is nested: its termination protection is that of "
                            + "its root stack [" + stack.root().name() + "]");
        }
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
                    if (stack.root().terminationProtection) {
                        throw AwsException.validationError("Stack ["
                                + stack.root().name() + "] cannot be deleted while TerminationProtection is enabled");
                    }
                    stack.operationToken(token.orElse(null));
                    workshop.delete(stack);
                });
        return "";
    }

    private static String stackId(Stack stack) {
        return new Xml().text("StackId", stack.id).toString();
    }
}
