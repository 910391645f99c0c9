package dev.rowhouse.sandbox.aws.cloudformation;

import dev.rowhouse.sandbox.aws.Faults;
import dev.rowhouse.sandbox.aws.resource.ResourceTypes;
import dev.rowhouse.sandbox.aws.wire.AwsException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What making and removing stacks needs, be they asked for or nested.
 *
 * @param workers where provisioners run, since they may take long
 * @param pace how long one stack takes
 * @param stackLimit how many stacks an account may have in a region
 */
record Workshop(
        Timeline timeline,
        Executor workers,
        StackBook book,
        Templates templates,
        ResourceTypes types,
        Faults faults,
        Duration pace,
        int stackLimit) {

    /** @throws AwsException if the request does not say that the template may do what it does */
    static void checkCapabilities(Blueprint blueprint) {
        List<String> given = blueprint.request().capabilities();
        for (String needed : blueprint.template().capabilities()) {
            // The stronger one includes the weaker.
            if (!given.contains(needed) && !given.contains("CAPABILITY_NAMED_IAM")) {
                throw new AwsException(
                        400, "InsufficientCapabilitiesException", "Requires capabilities : [" + needed + "]");
            }
        }
    }

    /** @throws AwsException if the account may not have another stack there */
    void checkRoom(Territory territory) {
        if (book.existing(territory) >= stackLimit) {
            throw new AwsException(
                    400,
                    "LimitExceededException",
                    "Limit for stack has been exceeded: this account has " + stackLimit + " stacks in "
                            + territory.region());
        }
    }

    /** Begins a stack that somebody asked for. Guarded by the timeline. */
    Stack begin(Blueprint blueprint) {
        return begin(new Stack(book.nextNumber(), blueprint, null, pace, timeline.now()));
    }

    /**
     * Begins a stack within another. Guarded by the timeline.
     *
     * @param share of the parent's time
     */
    Stack begin(Blueprint blueprint, Stack parent, Duration share) {
        return begin(new Stack(book.nextNumber(), blueprint, parent, share, timeline.now()));
    }

    private Stack begin(Stack stack) {
        book.add(stack);
        new Creation(stack, this).begin();
        return stack;
    }

    /** Leaves whatever is being done to the stack, and removes it. Guarded by the timeline. */
    void delete(Stack stack) {
        stack.operation.stop();
        new Removal(stack, this, Removal.Kind.DELETE).begin("User Initiated");
    }
}
