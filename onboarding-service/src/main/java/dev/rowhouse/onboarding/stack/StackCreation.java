package dev.rowhouse.onboarding.stack;

import dev.rowhouse.onboarding.account.AwsFault;
import dev.rowhouse.onboarding.account.RoleSessions;
import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.onboarding.lifecycle.PassingFaultException;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.OnFailure;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/**
 * Asks CloudFormation for a stack.
 *
 * <p>Harmless to repeat, although CloudFormation's own call is not: a name that is taken is looked at, and a stack whose
 * tags are the order's is what the order was about.
 */
final class StackCreation {

    private static final Pattern ACTION = Pattern.compile("not authorized to perform: ([\\w-]+:[\\w*]+)");
    private static final Pattern BAD_SERVICE_ROLE = Pattern.compile("Role \\S+ is invalid or cannot be assumed");
    private static final Pattern ABOUT_PARAMETERS = Pattern.compile("(?s)Parameters?[: ].*");
    private static final Duration LIMIT_PAUSE = Duration.ofMinutes(1);
    private static final Duration SPREADING_PAUSE = Duration.ofSeconds(15);
    private static final Duration READS_LAG = Duration.ofSeconds(2);

    private final CloudFormationCalls calls;
    private final Clock clock;

    StackCreation(CloudFormationCalls calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    String create(StackOrder order) {
        try {
            return order.cloudformationRoleArn() == null
                    // CloudFormation goes on with the caller's session, and an expired one would kill the stack.
                    ? calls.askFreshly(order.access(), order.step(), caller -> send(caller, order))
                    : calls.ask(order.access(), order.step(), caller -> send(caller, order));
        } catch (AwsServiceException e) {
            return switch (AwsFault.code(e)) {
                case "AlreadyExistsException", "TokenAlreadyExistsException" -> adopt(order);
                case "LimitExceededException" ->
                    throw new PassingFaultException(
                            "account " + order.access().accountId() + " may have no more stacks in "
                                    + order.access().region() + ": " + AwsFault.reason(e),
                            null,
                            LIMIT_PAUSE);
                default -> throw refused(order, e);
            };
        }
    }

    private static String send(CloudFormationCalls.Caller caller, StackOrder order) {
        return caller.client()
                .createStack(request(order).toBuilder()
                        .overrideConfiguration(caller.identity())
                        .build())
                .stackId();
    }

    private static CreateStackRequest request(StackOrder order) {
        return CreateStackRequest.builder()
                .stackName(order.name().value())
                .clientRequestToken(order.tags().requestToken())
                .templateBody(order.template())
                .parameters(new TreeMap<>(order.parameters().values())
                        .entrySet().stream()
                                .map(parameter -> Parameter.builder()
                                        .parameterKey(parameter.getKey())
                                        .parameterValue(parameter.getValue())
                                        .build())
                                .toList())
                .capabilitiesWithStrings(order.capabilities())
                .roleARN(order.cloudformationRoleArn())
                .onFailure(OnFailure.ROLLBACK)
                .timeoutInMinutes((int) Math.max(1, order.timeout().toMinutes()))
                .tags(order.tags().asMap().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    /** The answer to an earlier request may have been lost, or another owner of this tenant was faster. */
    private String adopt(StackOrder order) {
        Stack stack;
        try {
            stack = calls.describe(order.access(), order.step(), order.name().value())
                    .orElseThrow(() -> new PassingFaultException(
                            "stack " + order.name() + " exists, but cannot be read yet", null, READS_LAG));
        } catch (AwsServiceException e) {
            throw refused(order, e);
        }
        Map<String, String> tags = stack.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value));
        if (tags.entrySet().containsAll(order.tags().asMap().entrySet())) {
            return stack.stackId();
        }
        throw failure(
                FailureCode.STACK_NAME_TAKEN,
                order,
                "A stack " + order.name() + " exists already in "
                        + order.access().region() + " of account "
                        + order.access().accountId() + ", and is not this attempt's: "
                        + (tags.get("rowhouse:tenant-id") == null
                                ? "it carries no tags of ours"
                                : "its tags say deployment " + tags.get("rowhouse:deployment") + ", SaaS "
                                        + tags.get("rowhouse:saas-id") + ", tenant " + tags.get("rowhouse:tenant-id")
                                        + ", attempt " + tags.get("rowhouse:attempt"))
                        + ". Delete it, if nobody needs it",
                Map.of("stack_id", stack.stackId()));
    }

    private RuntimeException refused(StackOrder order, AwsServiceException e) {
        String reason = order.parameters().scrub(AwsFault.reason(e));
        Map<String, Object> details = Map.of("aws_error", AwsFault.code(e), "reason", reason);
        if (AwsFault.of(e) == AwsFault.DENIED) {
            Matcher named = ACTION.matcher(reason);
            String action = named.find() ? named.group(1) : "cloudformation:CreateStack";
            return failure(
                    FailureCode.ACCESS_DENIED,
                    order,
                    "Role " + order.access().roleArn() + " may not " + action + ": allow it in its policy. AWS says: "
                            + reason,
                    Map.of("aws_error", AwsFault.code(e), "reason", reason, "action", action));
        }
        return switch (AwsFault.code(e)) {
            case "InsufficientCapabilitiesException" ->
                failure(
                        FailureCode.TEMPLATE_REJECTED,
                        order,
                        "The template needs a capability that is not registered: add it to the settings' capabilities, if you"
                                + " trust the template that far. AWS says: " + reason,
                        details);
            case "ValidationError" -> invalid(order, reason, details);
            default ->
                failure(
                        FailureCode.INTERNAL,
                        order,
                        "CloudFormation refused CreateStack: " + AwsFault.code(e) + ": " + reason,
                        details);
        };
    }

    private RuntimeException invalid(StackOrder order, String reason, Map<String, Object> details) {
        if (BAD_SERVICE_ROLE.matcher(reason).find()) {
            return clock.instant().isBefore(order.step().since().plus(RoleSessions.SPREADING))
                    ? new PassingFaultException(
                            "CloudFormation cannot use its role yet: " + reason, null, SPREADING_PAUSE)
                    : failure(
                            FailureCode.ROLE_NOT_ASSUMABLE,
                            order,
                            "CloudFormation cannot assume " + order.cloudformationRoleArn()
                                    + ": check that it exists and"
                                    + " that its trust policy names cloudformation.amazonaws.com. AWS says: " + reason,
                            details);
        }
        return ABOUT_PARAMETERS.matcher(reason).matches()
                ? failure(
                        FailureCode.PARAMETERS_INVALID,
                        order,
                        "CloudFormation refuses the parameters: " + reason,
                        details)
                : failure(
                        FailureCode.TEMPLATE_REJECTED,
                        order,
                        "CloudFormation refuses the template: " + reason,
                        details);
    }

    private static FailureException failure(
            FailureCode code, StackOrder order, String message, Map<String, Object> details) {
        return new FailureException(new Failure(code, order.step().step().wire(), message, false, details));
    }
}
