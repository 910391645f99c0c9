package dev.rowhouse.service.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SessionThreadTest {

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicReference<Optional<List<String>>> readiness = new AtomicReference<>(Optional.empty());
    private volatile Runnable turn = () -> {};

    @Test
    void isNotReadyUntilASessionSaysSo() {
        try (SessionThread thread = thread(Clock.systemUTC())) {
            thread.start();
            await().until(() -> begun.get() == 1);
            assertThat(thread.notReady()).containsExactly("the worker has not joined its group yet");

            readiness.set(Optional.of(List.of()));

            await().until(() -> thread.notReady().isEmpty());
        }
    }

    @Test
    void staysAsItWasWhileASessionSettles() {
        readiness.set(Optional.of(List.of()));
        try (SessionThread thread = thread(Clock.systemUTC())) {
            thread.start();
            await().until(() -> thread.notReady().isEmpty());
            AtomicInteger turns = new AtomicInteger();
            readiness.set(Optional.empty());
            turn = turns::incrementAndGet;

            await().until(() -> turns.get() > 1);
            assertThat(thread.notReady()).isEmpty();
        }
    }

    @Test
    void startsAnewAfterAnyErrorAndTellsOfIt() {
        readiness.set(Optional.of(List.of()));
        turn = () -> {
            throw new StackOverflowError("once");
        };
        try (SessionThread thread = thread(Clock.systemUTC())) {
            thread.start();
            await().until(() -> begun.get() > 1);
            assertThat(thread.notReady()).singleElement().asString().startsWith("the worker failed at ");
            turn = () -> {};

            await().until(() -> thread.notReady().isEmpty());
            assertThat(closed.get()).isEqualTo(begun.get() - 1);
        }
        assertThat(closed.get()).isEqualTo(begun.get());
    }

    @Test
    void aTurnWithoutEndIsToldFirstAsNotReadyAndThenAsNotAlive() {
        readiness.set(Optional.of(List.of()));
        CountDownLatch entered = new CountDownLatch(1);
        turn = () -> {
            entered.countDown();
            hang();
        };
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        try (SessionThread thread = thread(clock(now))) {
            thread.start();
            await().until(() -> entered.getCount() == 0);
            now.set(Instant.EPOCH.plus(Duration.ofMinutes(3)));
            assertThat(thread.notReady())
                    .contains("the worker has not come round since 1970-01-01T00:00:00Z: a thread dump shows where it"
                            + " stands");
            assertThat(thread.notAlive()).isEmpty();

            now.set(Instant.EPOCH.plus(Duration.ofMinutes(11)));

            assertThat(thread.notAlive()).hasSize(1);
            turn = () -> {};
        }
    }

    /** Until the thread is interrupted, which closing does. */
    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SessionThread thread(Clock clock) {
        return new SessionThread("worker", OneSession::new, clock);
    }

    private static Clock clock(AtomicReference<Instant> now) {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }

    private final class OneSession implements Session {

        OneSession() {
            begun.incrementAndGet();
        }

        @Override
        public boolean turn() {
            turn.run();
            return false;
        }

        @Override
        public Optional<List<String>> notReady() {
            return readiness.get();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
