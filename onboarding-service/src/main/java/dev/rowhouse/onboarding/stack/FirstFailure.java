package dev.rowhouse.onboarding.stack;

import dev.rowhouse.onboarding.account.AwsFault;
import dev.rowhouse.onboarding.lifecycle.PassingFaultException;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** Finds out why a stack failed: the first failed resource in the deepest nested stack, in AWS's words. */
final class FirstFailure {

    private static final String CANCELLED = "Resource creation cancelled";
    private static final Pattern TIMED_OUT = Pattern.compile("exceeded the specified timeout");
    /** Being asked too fast is no quota, although AWS calls it {@code RequestLimitExceeded}. */
    private static final Pattern QUOTA =
            Pattern.compile("ServiceLimitExceeded|\\w+QuotaExceeded|\\b(?!RequestLimitExceeded)\\w+LimitExceeded");

    private static final Pattern PASSING = Pattern.compile(
            "RequestLimitExceeded|Throttling|ServiceInternalError|InternalFailure|NetworkFailure|ServiceTimeout");
    private static final int DEEPEST = 10;
    private static final int MOST_PAGES = 50;

    private final CloudFormationCalls calls;

    FirstFailure(CloudFormationCalls calls) {
        this.calls = calls;
    }

    /**
     * @param status the stack's, at its end
     * @param reason the stack's own; may be null
     * @throws PassingFaultException when AWS cannot be asked just now
     */
    Failure of(StackWatch watch, String status, String reason) {
        List<StackEvent> own;
        try {
            own = events(watch, watch.stackId());
        } catch (AwsServiceException e) {
            // That it failed is certain; why, we may not read.
            return withoutEvent(watch, status, "its events cannot be read: " + AwsFault.reason(e), false);
        }
        boolean timedOut = own.stream().anyMatch(event -> matches(TIMED_OUT, event.resourceStatusReason()));
        return first(watch, own, watch.stackId(), 0)
                .map(event -> failure(watch, status, event, timedOut))
                .orElseGet(() -> withoutEvent(watch, status, reason, timedOut));
    }

    private Optional<StackEvent> first(StackWatch watch, List<StackEvent> events, String stackId, int depth) {
        Optional<StackEvent> first = events.stream()
                .filter(event -> String.valueOf(event.resourceStatusAsString()).endsWith("_FAILED"))
                .filter(event -> !stackId.equals(event.physicalResourceId()))
                .filter(event -> !String.valueOf(event.resourceStatusReason()).contains(CANCELLED))
                .findFirst();
        Optional<String> nested = first.filter(
                        event -> Template.Resource.NESTED_STACK.equals(event.resourceType()) && depth < DEEPEST)
                .map(StackEvent::physicalResourceId)
                .filter(id -> id.startsWith("arn:"));
        return nested.flatMap(id -> first(watch, nestedEvents(watch, id), id, depth + 1))
                .or(() -> first);
    }

    private List<StackEvent> nestedEvents(StackWatch watch, String stackId) {
        try {
            return events(watch, stackId);
        } catch (AwsServiceException e) {
            return List.of();
        }
    }

    /** Oldest first. AWS answers newest first; events of the same instant keep the order that this implies. */
    private List<StackEvent> events(StackWatch watch, String stackId) {
        List<StackEvent> events = new ArrayList<>();
        String token = null;
        int pages = 0;
        do {
            String page = token;
            DescribeStackEventsResponse answer = calls.ask(
                    watch.access(),
                    watch.step(),
                    caller -> caller.client()
                            .describeStackEvents(request -> request.stackName(stackId)
                                    .nextToken(page)
                                    .overrideConfiguration(caller.identity())));
            events.addAll(0, reversed(answer.stackEvents()));
            token = answer.nextToken();
        } while (token != null && ++pages < MOST_PAGES);
        events.sort(Comparator.comparing(StackEvent::timestamp, Comparator.nullsFirst(Comparator.naturalOrder())));
        return events;
    }

    private static List<StackEvent> reversed(List<StackEvent> newestFirst) {
        List<StackEvent> events = new ArrayList<>(newestFirst);
        Collections.reverse(events);
        return events;
    }

    private static Failure failure(StackWatch watch, String status, StackEvent event, boolean timedOut) {
        String reason = event.resourceStatusReason() == null ? "no reason given" : event.resourceStatusReason();
        Map<String, Object> details = details(watch, status);
        details.put("resource_type", event.resourceType());
        details.put("logical_id", event.logicalResourceId());
        details.put("reason", reason);
        boolean quota = QUOTA.matcher(reason).find();
        // A stack within a stack within ours may have a limit of its own: our own events do not speak of it then.
        boolean late = timedOut || matches(TIMED_OUT, reason);
        FailureCode code =
                quota ? FailureCode.QUOTA_EXCEEDED : late ? FailureCode.STACK_TIMED_OUT : FailureCode.STACK_FAILED;
        return new Failure(
                code,
                watch.step().step().wire(),
                event.resourceType() + " " + event.logicalResourceId() + " failed: " + reason,
                quota || matches(PASSING, reason),
                details);
    }

    private static Failure withoutEvent(StackWatch watch, String status, String reason, boolean timedOut) {
        Map<String, Object> details = details(watch, status);
        details.put("reason", reason == null ? "no reason given" : reason);
        return new Failure(
                timedOut ? FailureCode.STACK_TIMED_OUT : FailureCode.STACK_FAILED,
                watch.step().step().wire(),
                "the stack ended in " + status + (reason == null ? "" : ": " + reason)
                        + ", and none of its events names a resource that failed",
                false,
                details);
    }

    private static Map<String, Object> details(StackWatch watch, String status) {
        return new TreeMap<>(Map.of("stack_id", watch.stackId(), "stack_status", status));
    }

    private static boolean matches(Pattern pattern, String text) {
        return text != null && pattern.matcher(text).find();
    }
}
