package dev.rowhouse.onboarding.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowhouse.onboarding.lifecycle.Fact;
import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.onboarding.lifecycle.PassingFaultException;
import dev.rowhouse.onboarding.lifecycle.Step;
import dev.rowhouse.onboarding.progress.SqlProgress;
import dev.rowhouse.schema.FailureCode;
import dev.rowhouse.sql.RunId;
import dev.rowhouse.sql.RunState;
import dev.rowhouse.sql.SqlRun;
import dev.rowhouse.sql.SqlRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunSqlTest {

    private static final Onboarding ONBOARDING = Reports.at(Step.RUN_SQL, Instant.EPOCH);

    private final Worker worker = new Worker(2);
    private final Reports reports = new Reports();
    private final ScriptedRunner runner = new ScriptedRunner();
    private final List<String> progress = new CopyOnWriteArrayList<>();
    private final SqlProgress told = (tenant, attempt, statement, statements) ->
            progress.add(tenant + " in attempt " + attempt + ": " + statement + " of " + statements);

    @AfterEach
    void close() {
        worker.close();
    }

    @Test
    void tellsThatTheScriptStartedAndThatItIsDone() {
        runner.state.set(new RunState.Running(1, 2));
        follow();
        await().until(() -> reports.facts.contains(new Fact.ScriptStarted()));
        runner.state.set(new RunState.Done(2));

        await().until(() -> reports.facts.contains(new Fact.ScriptCompleted()));
    }

    @Test
    void aScriptThatFailedBetweenTwoLooksHadStarted() {
        runner.state.set(new RunState.Failed(RunState.Reason.SQL_FAILED, "no", Map.of("sqlstate", "42P01")));
        follow();

        await().until(() -> reports.facts.size() == 2);
        assertThat(reports.facts.get(0)).isEqualTo(new Fact.ScriptStarted());
        assertThat(((Fact.StepFailed) reports.facts.get(1)).failure().code()).isEqualTo(FailureCode.SQL_FAILED);
    }

    @Test
    void aDatabaseThatWasNeverReachedStartedNothing() {
        runner.state.set(new RunState.Failed(RunState.Reason.DATABASE_UNREACHABLE, "no", Map.of()));
        follow();

        await().until(() -> !reports.facts.isEmpty());
        assertThat(reports.failure().code()).isEqualTo(FailureCode.DATABASE_UNREACHABLE);
        assertThat(reports.failure().retryable()).isTrue();
    }

    @Test
    void tellsEachStatementThatItSeesOnceAndTheLastOne() {
        runner.state.set(new RunState.Running(0, 3));
        follow();
        await().until(() -> runner.polls.get() >= 2 && progress.size() == 1);
        runner.state.set(new RunState.Running(2, 3));
        await().until(() -> progress.size() == 2);
        runner.state.set(new RunState.Done(3));
        await().until(() -> reports.facts.contains(new Fact.ScriptCompleted()));

        assertThat(progress).containsExactly("acme in attempt 1: 1 of 3", "acme in attempt 1: 3 of 3");
    }

    @Test
    void tellsTheStatementAtWhichTheScriptFailed() {
        runner.state.set(new RunState.Running(3, 20));
        follow();
        await().until(() -> progress.size() == 1);
        runner.state.set(failedAt(Map.of("statement_index", 7)));
        await().until(() -> progress.size() == 2);

        assertThat(progress).containsExactly("acme in attempt 1: 4 of 20", "acme in attempt 1: 7 of 20");
    }

    @Test
    void tellsItEvenIfTheScriptFailedBetweenTwoLooks() {
        runner.state.set(failedAt(Map.of("statement_index", 7, "statements", 20)));
        follow();
        await().until(() -> reports.facts.size() == 2);

        assertThat(progress).containsExactly("acme in attempt 1: 7 of 20");
    }

    @Test
    void tellsNothingOfAScriptOfUnknownLength() {
        runner.state.set(failedAt(Map.of("statement_index", 7)));
        follow();
        await().until(() -> reports.facts.size() == 2);

        assertThat(progress).isEmpty();
    }

    @Test
    void aScriptThatIsRolledBackDoesNotCountDown() {
        ScriptProgress script = new ScriptProgress(ONBOARDING, told);
        script.saw(new RunState.Running(5, 20));
        script.saw(new RunState.Running(0, 20));
        script.saw(new RunState.Running(6, 20));

        assertThat(progress).containsExactly("acme in attempt 1: 6 of 20", "acme in attempt 1: 7 of 20");
    }

    private static RunState failedAt(Map<String, Object> details) {
        Map<String, Object> all = new HashMap<>(details);
        all.put("sqlstate", "42P01");
        return new RunState.Failed(RunState.Reason.SQL_FAILED, "no", all);
    }

    @Test
    void aRunThatNobodyWantsAnyMoreIsGivenUp() {
        runner.state.set(new RunState.Running(1, 2));
        follow();
        await().until(() -> !reports.facts.isEmpty());
        reports.wanted = false;

        await().until(() -> runner.cancelled.get() == 1);
    }

    @Test
    void aRunnerThatBreaksEndsTheStepVisibly() {
        runner.state.set(null);
        follow();

        await().until(() -> !reports.facts.isEmpty());
        assertThat(reports.failure().code()).isEqualTo(FailureCode.INTERNAL);
    }

    @Test
    void aStackThatCannotBeReadIsNotWaitedForForEver() {
        Scripts scripts = new Scripts(runner, told, Duration.ofSeconds(1), Duration.ofMillis(200));
        new RunSql(null, null, worker, scripts).begin(ONBOARDING, reports, () -> {
            throw new PassingFaultException("stack cannot be read", null, Duration.ofMillis(10));
        });

        await().until(() -> !reports.facts.isEmpty());
        assertThat(reports.failure().code()).isEqualTo(FailureCode.DATABASE_UNREACHABLE);
        assertThat(reports.failure().message()).contains("arn:stack");
    }

    private void follow() {
        new RunSql(null, null, worker, new Scripts(runner, told, null, null))
                .follow(new RunId("run"), ONBOARDING, reports);
    }

    /** A runner whose run stands where the test says. */
    private static final class ScriptedRunner implements SqlRunner {

        private final AtomicReference<RunState> state = new AtomicReference<>();
        private final AtomicInteger polls = new AtomicInteger();
        private final AtomicInteger cancelled = new AtomicInteger();

        @Override
        public RunId start(SqlRun run) {
            return new RunId("run");
        }

        @Override
        public RunState poll(RunId id) {
            polls.incrementAndGet();
            RunState current = state.get();
            if (current == null) {
                throw new IllegalArgumentException("no such run");
            }
            return current;
        }

        @Override
        public void cancel(RunId id) {
            cancelled.incrementAndGet();
        }

        @Override
        public void close() {}
    }
}
