package dev.rowhouse.onboarding.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowhouse.onboarding.lifecycle.Fact;
import dev.rowhouse.onboarding.lifecycle.FailureException;
import dev.rowhouse.onboarding.lifecycle.Onboarding;
import dev.rowhouse.onboarding.lifecycle.PassingFaultException;
import dev.rowhouse.onboarding.lifecycle.Step;
import dev.rowhouse.schema.Failure;
import dev.rowhouse.schema.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerTest {

    private static final Onboarding ONBOARDING = Reports.at(Step.CREATE_STACK, Instant.EPOCH);

    private final Worker worker = new Worker(2);
    private final Reports reports = new Reports();
    private final AtomicInteger tries = new AtomicInteger();

    @AfterEach
    void close() {
        worker.close();
    }

    @Test
    void triesAgainAfterAPassingFault() {
        worker.start(ONBOARDING, reports, () -> {
            if (tries.incrementAndGet() < 3) {
                throw new PassingFaultException("throttled", null, Duration.ofMillis(1));
            }
            reports.report(new Fact.StackAccepted("arn"));
        });

        await().until(() -> reports.facts.equals(List.of(new Fact.StackAccepted("arn"))));
        assertThat(tries).hasValue(3);
    }

    @Test
    void tellsAFailure() {
        Failure failure = new Failure(FailureCode.ACCESS_DENIED, "create_stack", "no", false, Map.of());
        worker.start(ONBOARDING, reports, () -> {
            throw new FailureException(failure);
        });

        await().until(() -> !reports.facts.isEmpty());
        assertThat(reports.failure()).isEqualTo(failure);
    }

    @Test
    void aDefectEndsTheStepVisibly() {
        worker.deadline(Duration.ZERO, ONBOARDING, reports, () -> {
            throw new IllegalStateException("a secret of ours");
        });

        await().until(() -> !reports.facts.isEmpty());
        assertThat(reports.failure().code()).isEqualTo(FailureCode.INTERNAL);
        assertThat(reports.failure().message()).doesNotContain("secret");
    }

    @Test
    void anErrorOfTheMachineEndsTheStepVisibly() {
        worker.start(ONBOARDING, reports, () -> {
            throw new StackOverflowError();
        });

        await().until(() -> !reports.facts.isEmpty());
        assertThat(reports.failure().code()).isEqualTo(FailureCode.INTERNAL);
    }

    @Test
    void triesNoMoreOnceItIsNotWanted() {
        worker.start(ONBOARDING, reports, () -> {
            tries.incrementAndGet();
            reports.wanted = false;
            throw new PassingFaultException("throttled", null, Duration.ofMillis(1));
        });
        CountDownLatch passed = new CountDownLatch(1);
        worker.evenUnwanted(Duration.ofMillis(200), ONBOARDING, reports, passed::countDown);

        await().until(() -> passed.getCount() == 0);
        assertThat(tries).hasValue(1);
    }

    @Test
    void nothingIsKeptOfADeadlineWhoseStepEnded() {
        worker.deadline(Duration.ofHours(2), ONBOARDING, reports, tries::incrementAndGet);
        assertThat(worker.waiting()).isEqualTo(1);

        reports.withdraw();

        assertThat(worker.waiting()).isZero();
    }

    @Test
    void whatMustBeTakenBackIsTakenBackEvenUnwanted() {
        reports.wanted = false;
        worker.evenUnwanted(Duration.ZERO, ONBOARDING, reports, tries::incrementAndGet);

        await().until(() -> tries.get() == 1);
    }
}
