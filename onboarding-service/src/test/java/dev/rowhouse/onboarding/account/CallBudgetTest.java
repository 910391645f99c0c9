package dev.rowhouse.onboarding.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rowhouse.onboarding.lifecycle.PassingFaultException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallBudgetTest {

    private static final AccountAccess ONE = ScriptedAws.ACCESS;
    private static final AccountAccess OTHER =
            new AccountAccess("arn:aws:iam::999999999999:role/x", null, "eu-central-1");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final CallBudget budget = new CallBudget(2, 3, clock);

    @Test
    void givesTheBurstAtOnceAndNoMore() {
        assertThat(callsNow(ONE)).isEqualTo(3);
    }

    @Test
    void fillsAtItsRate() {
        callsNow(ONE);

        clock.pass(Duration.ofSeconds(1));

        assertThat(callsNow(ONE)).isEqualTo(2);
    }

    @Test
    void tellsEachWhoIsSentAwayAnotherTime() {
        callsNow(OTHER);
        budget.throttled(ONE);
        clock.pass(Duration.ofMinutes(5));
        callsNow(ONE);

        Duration first = refused(ONE);
        Duration second = refused(ONE);

        assertThat(second).isEqualTo(first.plusMillis(500));
    }

    @Test
    void anAccountDoesNotSpendAnothersCalls() {
        callsNow(ONE);

        assertThat(callsNow(OTHER)).isEqualTo(3);
    }

    @Test
    void theRolesOfOneAccountShareItsCalls() {
        callsNow(ONE);

        AccountAccess sameAccount = new AccountAccess("arn:aws:iam::123456789012:role/y", null, "eu-central-1");
        assertThat(callsNow(sameAccount)).isZero();
    }

    @Test
    void throttlingHalvesTheRateOfThatAccountAlone() {
        budget.throttled(ONE);
        budget.throttled(OTHER);
        budget.throttled(ONE);
        clock.pass(Duration.ofMinutes(3));
        callsNow(ONE);
        callsNow(OTHER);

        budget.throttled(ONE);
        clock.pass(Duration.ofSeconds(1));

        assertThat(callsNow(ONE)).isEqualTo(1);
        assertThat(callsNow(OTHER)).isEqualTo(2);
    }

    @Test
    void recoversSlowly() {
        budget.throttled(ONE);

        clock.pass(Duration.ofMinutes(2));
        callsNow(ONE);
        clock.pass(Duration.ofSeconds(1));

        assertThat(callsNow(ONE)).isEqualTo(2);
    }

    @Test
    void aClockThatIsSetBackStopsNobodyForGood() {
        callsNow(ONE);
        clock.pass(Duration.ofHours(-1));
        callsNow(ONE);

        clock.pass(Duration.ofSeconds(1));

        assertThatCode(() -> budget.take(ONE)).doesNotThrowAnyException();
    }

    private int callsNow(AccountAccess access) {
        for (int calls = 0; ; calls++) {
            try {
                budget.take(access);
            } catch (PassingFaultException used) {
                return calls;
            }
        }
    }

    private Duration refused(AccountAccess access) {
        return catchThrowableOfType(PassingFaultException.class, () -> budget.take(access))
                .retryAfter()
                .orElseThrow();
    }
}
