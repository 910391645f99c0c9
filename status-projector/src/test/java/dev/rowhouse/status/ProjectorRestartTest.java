package dev.rowhouse.status;

import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_DB_READY;
import static dev.rowhouse.schema.OnboardingStatus.SETUP_CFN_IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowhouse.sandbox.kafka.KafkaBroker;
import dev.rowhouse.schema.TenantStatusChanged;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer is right, or it is 503: while projectors and the broker end, die and come back. */
@Tag("slow")
class ProjectorRestartTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> TENANTS =
            IntStream.range(10, 40).mapToObj(i -> "t" + i).toList();

    @TempDir
    private Path directory;

    private KafkaBroker broker;
    private RunningProjector projector;
    private TransitionsTopic transitions;

    @BeforeEach
    void start() throws Exception {
        broker = KafkaBroker.startTemporary();
        projector = started("one");
        transitions = new TransitionsTopic(broker.bootstrapServers());
        TENANTS.forEach(tenant -> transitions.write(Transitions.of(tenant, 1, SETUP_CFN_IN_PROGRESS)));
        await().atMost(PATIENCE).until(() -> projector.tenants().equals(TENANTS));
    }

    @AfterEach
    void stop() {
        transitions.close();
        projector.close();
        broker.close();
    }

    @Test
    void isReadyOnlyWithTheRowsItHadAndThoseItMissed() throws Exception {
        projector.close();
        transitions.write(Transitions.of("t10", 2, SETUP_CFN_DB_READY));
        projector = started("one");

        awaitReadyNeverWrong();

        assertThat(projector.sequence("t10")).isEqualTo(2);
    }

    @Test
    void isReadyOnlyWithAllRowsWhenItsStoresAreLost() throws Exception {
        projector.close();
        projector = started("another-disk");

        awaitReadyNeverWrong();

        assertThat(projector.tenants()).isEqualTo(TENANTS);
    }

    /** Of a new application there is no changelog either: it folds the whole topic anew. */
    @Test
    void aTableBuiltAnewIsReadyOnlyOnceItHasReadTheWholeTopic() throws Exception {
        transitions.write(IntStream.rangeClosed(1, 5_000)
                .mapToObj(i -> Transitions.of("busy" + i % 20, i / 20 + 1, SETUP_CFN_DB_READY))
                .toArray(TenantStatusChanged[]::new));
        transitions.write(Transitions.of("t20", 2, SETUP_CFN_DB_READY));
        transitions.writeAndAbort(Transitions.of("t20", 3, SETUP_CFN_DB_READY));
        projector.close();
        projector = RunningProjector.start(broker.bootstrapServers(), directory.resolve("anew"), "anew");

        awaitReadyNeverWrong();

        assertThat(projector.sequence("t20")).isEqualTo(2);
    }

    @Test
    void goesOnAfterTheBrokerDied() throws Exception {
        broker.kill();
        broker.restart();
        TransitionsTopic.writePlainly(broker.bootstrapServers(), Transitions.of("t10", 2, SETUP_CFN_DB_READY));

        await().atMost(PATIENCE).until(() -> projector.sequence("t10") == 2);
        assertThat(projector.tenants()).isEqualTo(TENANTS);
    }

    @Test
    void twoInstancesAnswerForTheirOwnTenantsAndNameTheOwnerOfTheOthers() throws Exception {
        try (RunningProjector second = started("two")) {
            await().atMost(PATIENCE)
                    .until(() -> owned(projector) + owned(second) == TENANTS.size() && owned(second) > 0);

            for (String tenant : TENANTS) {
                HttpResponse<String> first = projector.tenant(tenant);
                if (first.statusCode() == 503) {
                    assertThat(first.headers().firstValue("Retry-After")).isPresent();
                    assertThat(first.body()).contains("two.internal:8081");
                    assertThat(second.sequence(tenant)).isEqualTo(1);
                }
            }
            assertThat(projector.get("/api/v1/tenants").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void takesOverFromAnInstanceThatLeaves() throws Exception {
        RunningProjector second = started("two");
        await().atMost(PATIENCE).until(() -> owned(second) > 0);
        second.close();

        await().atMost(PATIENCE).until(() -> owned(projector) == TENANTS.size());
        assertThat(projector.tenants()).isEqualTo(TENANTS);
    }

    private RunningProjector started(String instance) throws InterruptedException {
        return RunningProjector.start(broker.bootstrapServers(), directory.resolve(instance));
    }

    /** Every tenant is known: until the projector is ready each answer is its row or 503, never 404. */
    private void awaitReadyNeverWrong() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            assertThat(projector.tenant("t20").statusCode()).isIn(200, 503);
            HttpResponse<String> list = projector.get("/api/v1/tenants");
            assertThat(list.statusCode()).isIn(200, 503);
            return projector.isReady();
        });
    }

    private static long owned(RunningProjector instance) throws Exception {
        long owned = 0;
        for (String tenant : TENANTS) {
            owned += instance.sequence(tenant) == 1 ? 1 : 0;
        }
        return owned;
    }
}
