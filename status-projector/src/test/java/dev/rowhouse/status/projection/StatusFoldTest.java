package dev.rowhouse.status.projection;

import static dev.rowhouse.schema.OnboardingStatus.ALL_COMPLETED;
import static dev.rowhouse.schema.OnboardingStatus.ERROR;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_COMPLETED;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_DB_READY;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.schema.OnboardingStatus;
import dev.rowhouse.schema.TenantStatus;
import dev.rowhouse.schema.TenantStatus.Transition;
import dev.rowhouse.schema.TenantStatusChanged;
import dev.rowhouse.status.Transitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class StatusFoldTest {

    private static final TenantStatusChanged FIRST = Transitions.of("acme", 1, SETUP_CFN_IN_PROGRESS);

    @Test
    void theFirstTransitionMakesTheRow() {
        TenantStatus row = StatusFold.fold(null, FIRST).orElseThrow();

        assertThat(row)
                .isEqualTo(new TenantStatus(
                        FIRST.tenantId(),
                        FIRST.tenantName(),
                        FIRST.saasId(),
                        FIRST.attributes(),
                        SETUP_CFN_IN_PROGRESS,
                        1,
                        1,
                        Instant.EPOCH.plusSeconds(1),
                        null,
                        null,
                        null,
                        List.of(new Transition(SETUP_CFN_IN_PROGRESS, 1, Instant.EPOCH.plusSeconds(1)))));
    }

    @Test
    void anErrorBringsItsFailureAndARetryTakesItAway() {
        TenantStatus failed = folded(FIRST, Transitions.of("acme", 2, ERROR));
        TenantStatus retried = StatusFold.fold(failed, Transitions.of("acme", 3, SETUP_CFN_IN_PROGRESS))
                .orElseThrow();

        assertThat(failed.failure().message()).isEqualTo("it failed");
        assertThat(retried.failure()).isNull();
    }

    @Test
    void aTransitionAfterAGapIsTaken() {
        TenantStatusChanged later = Transitions.of("acme", 5, ALL_COMPLETED);

        assertThat(folded(FIRST, later).sequence()).isEqualTo(5);
        assertThat(StatusFold.missingBefore(folded(FIRST), later)).isEqualTo(3);
    }

    @Test
    void nothingIsMissingBeforeTheNextOrTheFirst() {
        assertThat(StatusFold.missingBefore(null, FIRST)).isZero();
        assertThat(StatusFold.missingBefore(folded(FIRST), Transitions.of("acme", 2, SETUP_CFN_DB_READY)))
                .isZero();
    }

    @Test
    void theOldestTransitionsLeaveALongHistory() {
        TenantStatusChanged[] many = IntStream.rangeClosed(1, TenantStatus.MAX_HISTORY + 5)
                .mapToObj(sequence -> Transitions.of("acme", sequence, SETUP_CFN_IN_PROGRESS))
                .toArray(TenantStatusChanged[]::new);

        List<Transition> history = folded(many).history();

        assertThat(history).hasSize(TenantStatus.MAX_HISTORY);
        assertThat(history.get(0).at()).isEqualTo(Instant.EPOCH.plusSeconds(6));
    }

    /** At least once is what a topic promises: anything already written may come again at any later point. */
    @Property(tries = 300)
    void repeatsAndStragglersChangeNothing(@ForAll("deliveries") List<Integer> delivered) {
        TenantStatus row = null;
        List<Integer> taken = new ArrayList<>();
        for (int sequence : delivered) {
            TenantStatus next = StatusFold.fold(row, transition(sequence)).orElse(row);
            if (next != row) {
                taken.add(sequence);
            }
            row = next;
        }

        assertThat(taken).isEqualTo(delivered.stream().distinct().toList());
        assertThat(row)
                .isEqualTo(folded(taken.stream().map(StatusFoldTest::transition).toArray(TenantStatusChanged[]::new)));
    }

    /** 1, 2, … in order, with repeats of what came before strewn in. */
    @Provide
    Arbitrary<List<Integer>> deliveries() {
        return Arbitraries.integers()
                .between(0, 1000)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40)
                .map(steps -> {
                    List<Integer> delivered = new ArrayList<>(List.of(1));
                    int last = 1;
                    for (int step : steps) {
                        delivered.add(step % 3 == 0 ? 1 + step % last : ++last);
                    }
                    return delivered;
                });
    }

    private static TenantStatusChanged transition(int sequence) {
        OnboardingStatus[] statuses = {SETUP_CFN_IN_PROGRESS, SETUP_CFN_DB_READY, SETUP_CFN_COMPLETED, ERROR};
        return Transitions.of("acme", sequence, statuses[sequence % statuses.length]);
    }

    private static TenantStatus folded(TenantStatusChanged... events) {
        TenantStatus row = null;
        for (TenantStatusChanged event : events) {
            row = StatusFold.fold(row, event).orElseThrow();
        }
        return row;
    }
}
