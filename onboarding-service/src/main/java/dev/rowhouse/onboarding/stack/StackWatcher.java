package dev.rowhouse.onboarding.stack;

import dev.rowhouse.onboarding.account.AccountAccess;
import dev.rowhouse.onboarding.account.AwsFault;
import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.onboarding.lifecycle.PassingFaultException;
import dev.rowhouse.onboarding.lifecycle.StepRun;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudformation.model.ListStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * Follows all the stacks of one role and region. One list of what is in progress answers for a hundred of them; only a
 * stack that is not on it is described, and databases are looked for when they are likely to be there.
 *
 * <p>It ends a watch on evidence alone: what AWS refuses or cannot answer just now is asked again. {@link #add} from any
 * thread; looks one at a time.
 */
final class StackWatcher {

    private static final Logger LOG = LoggerFactory.getLogger(StackWatcher.class);
    private static final Duration COMPLAINTS_APART = Duration.ofMinutes(1);

    private final AccountAccess access;
    private final CloudFormationCalls calls;
    private final StackResources resources;
    private final FirstFailure firstFailure;
    private final WatchPace pace;
    private final WatchMemory memory;
    private final Clock clock;
    private final Set<FollowedStack> stacks = ConcurrentHashMap.newKeySet();

    private Instant notBefore = Instant.MIN;
    private Instant nextComplaint = Instant.MIN;

    /** The list under way: it may take more calls than the budget gives at once, and then goes on where it stopped. */
    private final Map<String, String> listing = new HashMap<>();

    private String nextPage;

    StackWatcher(AccountAccess access, CloudFormationCalls calls, WatchPace pace, WatchMemory memory, Clock clock) {
        this.access = access;
        this.calls = calls;
        this.resources = new StackResources(calls);
        this.firstFailure = new FirstFailure(calls);
        this.pace = pace;
        this.memory = memory;
        this.clock = clock;
    }

    void add(StackWatch watch, StackListener listener) {
        Instant begun = watch.step().since();
        stacks.add(new FollowedStack(
                watch,
                listener,
                clock.instant().plus(pace.shortest()),
                pace.firstDatabaseLook(begun, memory.databases().of(watch.template()))));
    }

    boolean isIdle() {
        return stacks.isEmpty();
    }

    /** One look, if any stack is due for one. */
    synchronized void look() {
        stacks.removeIf(stack -> !stack.wanted());
        Instant now = clock.instant();
        if (now.isBefore(notBefore)) {
            return;
        }
        try {
            if (nextPage != null || stacks.stream().anyMatch(stack -> !now.isBefore(stack.nextLook))) {
                list();
                stacks.forEach(stack -> forgiving(stack, now, this::afterList));
            }
            stacks.stream()
                    .filter(stack -> stack.growing && stack.awaitsDatabases() && !now.isBefore(stack.nextDatabaseLook))
                    .forEach(stack -> forgiving(stack, now, this::lookForDatabases));
        } catch (PassingFaultException e) {
            notBefore = now.plus(e.retryAfter().orElse(pace.shortest()));
            LOG.atDebug().addKeyValue("role", access.roleArn()).log("Stacks are looked at later: {}", e.getMessage());
        } catch (FailureException e) {
            // The role cannot be assumed any more. The stacks go on without us, so this ends no watch; the deadline
            // may.
            notBefore = now.plus(pace.longest());
            complain(now, e.getMessage());
            stacks.forEach(stack -> stack.refused(e.failure()));
        }
    }

    /** What AWS refuses of one stack must not keep the others from being looked at. */
    private void forgiving(FollowedStack stack, Instant now, BiConsumer<FollowedStack, Instant> look) {
        try {
            look.accept(stack, now);
        } catch (AwsServiceException e) {
            putForward(stack, now);
            complain(now, AwsFault.code(e) + ": " + AwsFault.reason(e));
            stack.refused(refusal(stack, e));
        }
    }

    private static Failure refusal(FollowedStack stack, AwsServiceException e) {
        String id = stack.watch.stackId();
        return new Failure(
                FailureCode.ACCESS_DENIED,
                stack.watch.step().step().wire(),
                "AWS refuses to tell how stack " + id + " stands: " + AwsFault.code(e) + ": " + AwsFault.reason(e),
                true,
                Map.of("stack_id", id, "aws_code", AwsFault.code(e)));
    }

    private void complain(Instant now, String reason) {
        if (!now.isBefore(nextComplaint)) {
            nextComplaint = now.plus(COMPLAINTS_APART);
            LOG.atWarn()
                    .addKeyValue("role", access.roleArn())
                    .addKeyValue("region", access.region())
                    .log("Stacks cannot be looked at; tried again until they can: {}", reason);
        }
    }

    private void list() {
        if (nextPage == null) {
            listing.clear();
        }
        try {
            do {
                String page = nextPage;
                ListStacksResponse answer = calls.ask(
                        access,
                        anyStep(),
                        caller -> caller.client()
                                .listStacks(request -> request.stackStatusFiltersWithStrings(StackStatus.IN_PROGRESS)
                                        .nextToken(page)
                                        .overrideConfiguration(caller.identity())));
                // Not every emulator minds the filter.
                answer.stackSummaries().stream()
                        .filter(stack -> StackStatus.isInProgress(stack.stackStatusAsString()))
                        .forEach(stack -> listing.put(stack.stackId(), stack.stackStatusAsString()));
                nextPage = answer.nextToken();
            } while (nextPage != null);
        } catch (AwsServiceException e) {
            // Without a list, a stack that is due is described: more calls, but no standstill.
            nextPage = null;
            LOG.atDebug().addKeyValue("role", access.roleArn()).log("ListStacks is refused: {}", AwsFault.reason(e));
        }
    }

    private StepRun anyStep() {
        return stacks.stream()
                .findAny()
                .map(stack -> stack.watch.step())
                .orElseThrow(() -> new PassingFaultException("nothing is watched any more", null));
    }

    private void afterList(FollowedStack stack, Instant now) {
        String status = listing.get(stack.watch.stackId());
        boolean left = stack.listed && status == null;
        stack.listed = status != null;
        if (stack.listed) {
            underWay(stack, status, now);
        } else if (left || !now.isBefore(stack.nextLook)) {
            // The budget may give out before it is described: then it is the first thing to do next time.
            stack.nextLook = now;
            describe(stack, now);
        }
    }

    private void underWay(FollowedStack stack, String status, Instant now) {
        stack.seen();
        stack.missingSince = null;
        stack.growing = !status.startsWith("ROLLBACK_") && !status.startsWith("DELETE_");
        putForward(stack, now);
    }

    private void putForward(FollowedStack stack, Instant now) {
        stack.nextLook =
                pace.nextLook(stack.watch.step().since(), now, memory.stacks().of(stack.watch.template()));
    }

    private void describe(FollowedStack stack, Instant now) {
        Optional<Stack> described = calls.describe(access, stack.watch.step(), stack.watch.stackId());
        if (described.isEmpty()) {
            missing(stack, now);
            return;
        }
        String status = String.valueOf(described.get().stackStatusAsString());
        switch (StackStatus.of(status)) {
            case COMPLETE -> {
                stacks.remove(stack);
                memory.stacks()
                        .add(
                                stack.watch.template(),
                                Duration.between(stack.watch.step().since(), now));
                stack.completed(StackResources.outputs(described.get()));
            }
            case FAILED -> {
                Failure failure =
                        firstFailure.of(stack.watch, status, described.get().stackStatusReason());
                stacks.remove(stack);
                stack.failed(failure);
            }
            case UNDER_WAY -> underWay(stack, status, now);
        }
    }

    private void missing(FollowedStack stack, Instant now) {
        if (stack.missingSince == null) {
            stack.missingSince = now;
        }
        stack.growing = false;
        putForward(stack, now);
        if (!now.isBefore(stack.missingSince.plus(pace.gone()))) {
            stacks.remove(stack);
            stack.failed(new Failure(
                    FailureCode.STACK_FAILED,
                    stack.watch.step().step().wire(),
                    "CloudFormation does not know the stack any more: somebody deleted it, or the account was changed",
                    false,
                    Map.of("stack_id", stack.watch.stackId())));
        }
    }

    private void lookForDatabases(FollowedStack stack, Instant now) {
        Instant begun = stack.watch.step().since();
        stack.nextDatabaseLook = pace.nextDatabaseLook(begun, now);
        resources.databasesReadySince(stack.watch).ifPresent(ready -> {
            Duration took = Duration.between(begun, ready);
            memory.databases().add(stack.watch.template(), took.isNegative() ? Duration.ZERO : took);
            stack.databaseReady();
        });
    }
}
