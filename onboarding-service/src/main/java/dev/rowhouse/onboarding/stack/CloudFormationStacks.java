package dev.rowhouse.onboarding.stack;

import dev.rowhouse.onboarding.account.AccountAccess;
import dev.rowhouse.onboarding.account.AwsConnection;
import dev.rowhouse.onboarding.account.AwsFault;
import dev.rowhouse.onboarding.account.CallBudget;
import dev.rowhouse.onboarding.account.RoleSessions;
import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.onboarding.lifecycle.PassingFaultException;
import dev.rowhouse.onboarding.lifecycle.StepRun;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Tenants' stacks in AWS CloudFormation, or in an emulator of it. A constant number of threads follows them all. */
public final class CloudFormationStacks implements TenantStacks, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CloudFormationStacks.class);
    private static final int THREADS = 4;

    private final CloudFormationCalls calls;
    private final StackCreation creation;
    private final WatchPace pace;
    private final Clock clock;
    private final WatchMemory memory = WatchMemory.empty();
    private final ScheduledThreadPoolExecutor looks;

    /** Guarded by itself, so that no stack is added to a watcher that has just been stopped. */
    private final Map<AccountAccess, Watcher> watchers = new HashMap<>();

    private record Watcher(StackWatcher stacks, Future<?> looks) {}

    /**
     * @param sessions stays the caller's to close
     * @param budget shared with whatever else calls these accounts
     */
    public CloudFormationStacks(
            AwsConnection connection, RoleSessions sessions, CallBudget budget, WatchPace pace, Clock clock) {
        this.calls = new CloudFormationCalls(connection, sessions, budget);
        this.creation = new StackCreation(calls, clock);
        this.pace = pace;
        this.clock = clock;
        AtomicInteger count = new AtomicInteger();
        this.looks = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "stack-watcher-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        looks.setRemoveOnCancelPolicy(true);
    }

    @Override
    public String create(StackOrder order) {
        return creation.create(order);
    }

    @Override
    public void watch(StackWatch watch, StackListener listener) {
        synchronized (watchers) {
            watchers.computeIfAbsent(watch.access(), this::startWatcher)
                    .stacks()
                    .add(watch, listener);
        }
    }

    @Override
    public StackOutputs outputs(AccountAccess access, String stackId, StepRun step) {
        try {
            return calls.describe(access, step, stackId)
                    .map(StackResources::outputs)
                    .orElseThrow(() -> new PassingFaultException("stack " + stackId + " cannot be read", null));
        } catch (AwsServiceException e) {
            throw new FailureException(new Failure(
                    AwsFault.of(e) == AwsFault.DENIED ? FailureCode.ACCESS_DENIED : FailureCode.INTERNAL,
                    step.step().wire(),
                    "Role " + access.roleArn() + " cannot read stack " + stackId
                            + ": allow it cloudformation:DescribeStacks. AWS says: " + AwsFault.reason(e),
                    false,
                    Map.of("stack_id", stackId, "action", "cloudformation:DescribeStacks")));
        }
    }

    @Override
    public void protect(AccountAccess access, String stackId, StepRun step) {
        try {
            calls.ask(
                    access,
                    step,
                    caller -> caller.client()
                            .updateTerminationProtection(request -> request.stackName(stackId)
                                    .enableTerminationProtection(true)
                                    .overrideConfiguration(caller.identity())));
        } catch (FailureException e) {
            unprotected(stackId, e.getMessage());
        } catch (AwsServiceException e) {
            unprotected(stackId, AwsFault.code(e) + ": " + AwsFault.reason(e));
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
        try {
            if (!looks.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("A look at stacks is still waiting for an answer; it is left behind, since it only reads");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        calls.close();
    }

    private static void unprotected(String stackId, String reason) {
        LOG.atWarn().addKeyValue("stack", stackId).log("The stack is not protected from deletion: {}", reason);
    }

    private Watcher startWatcher(AccountAccess access) {
        StackWatcher watcher = new StackWatcher(access, calls, pace, memory, clock);
        long gap = pace.shortest().toMillis();
        return new Watcher(
                watcher, looks.scheduleWithFixedDelay(() -> look(access, watcher), gap, gap, TimeUnit.MILLISECONDS));
    }

    private void look(AccountAccess access, StackWatcher watcher) {
        try {
            watcher.look();
        } catch (RuntimeException | Error e) {
            // The last line of defence: an exception would end this watcher's looks for good, and without a word.
            LOG.atError().addKeyValue("role", access.roleArn()).setCause(e).log("A look at stacks failed; tried again");
        }
        synchronized (watchers) {
            if (watcher.isIdle()) {
                Watcher ended = watchers.remove(access);
                if (ended != null) {
                    ended.looks().cancel(false);
                }
            }
        }
    }
}
