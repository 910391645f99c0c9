package dev.rowhouse.sandbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sandbox.process.ChildFailedException;
import dev.rowhouse.sandbox.process.OtherJvm;
import dev.rowhouse.sandbox.process.PortTakenException;
import dev.rowhouse.sandbox.process.RunningProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {

    @TempDir
    private Path temporary;

    @Test
    @Tag("slow")
    void keepsWhatWasAcknowledgedOverAKillAndARestart() throws Exception {
        try (KafkaBroker broker = KafkaBroker.startTemporary();
                BrokerClient client = new BrokerClient(broker)) {
            client.createTopic("facts");
            client.produce("facts", "one");
            broker.kill();

            broker.restart();

            assertThat(client.readAll("facts")).containsExactly("one");
        }
    }

    @Test
    @Tag("slow")
    void startsAgainOnTheSameDirectoryWithItsTopics() throws Exception {
        try (KafkaBroker first = KafkaBroker.start(new KafkaBroker.Options(temporary));
                BrokerClient client = new BrokerClient(first)) {
            client.createTopic("facts");
            client.produce("facts", "one");
        }

        try (KafkaBroker second = KafkaBroker.start(new KafkaBroker.Options(temporary));
                BrokerClient client = new BrokerClient(second)) {
            assertThat(client.readAll("facts")).containsExactly("one");
        }
    }

    @Test
    void servesTransactionsAndEveryCompression() throws Exception {
        try (KafkaBroker broker = KafkaBroker.startTemporary();
                BrokerClient client = new BrokerClient(broker)) {
            client.createTopic("facts");

            for (String compression : new String[] {"none", "gzip", "snappy", "lz4", "zstd"}) {
                client.produceInTransaction("facts", compression, compression);
            }

            assertThat(client.readAll("facts")).containsExactly("none", "gzip", "snappy", "lz4", "zstd");
        }
    }

    @Test
    @Tag("slow")
    void goesOnAfterBeingSuspended() throws Exception {
        try (KafkaBroker broker = KafkaBroker.startTemporary();
                BrokerClient client = new BrokerClient(broker)) {
            client.createTopic("facts");
            broker.suspend();
            assertThat(client.answersWithinASecond()).isFalse();

            broker.resume();

            client.produce("facts", "one");
            assertThat(client.readAll("facts")).containsExactly("one");
        }
    }

    @Test
    @Tag("slow")
    void runsBesideAnother() throws Exception {
        try (KafkaBroker one = KafkaBroker.startTemporary();
                KafkaBroker other = KafkaBroker.startTemporary();
                BrokerClient client = new BrokerClient(one);
                BrokerClient otherClient = new BrokerClient(other)) {
            client.createTopic("facts");

            assertThat(otherClient.topics()).doesNotContain("facts");
        }
    }

    @Test
    @Tag("slow")
    void endsTheBrokerOfAKilledSandboxAndTakesOverItsData() throws Exception {
        long orphan;
        try (OtherJvm sandbox = OtherJvm.run(LonelyBroker.class, temporary.toString())) {
            orphan = Long.parseLong(sandbox.await("pid"));
            sandbox.kill();
        }

        try (KafkaBroker broker = KafkaBroker.start(new KafkaBroker.Options(temporary));
                BrokerClient client = new BrokerClient(broker)) {
            assertThat(RunningProcess.hasPid(orphan)).isFalse();
            assertThat(client.readAll("facts")).containsExactly("one");
        }
    }

    @Test
    void isGoneOnceClosed() throws Exception {
        KafkaBroker broker = KafkaBroker.startTemporary();
        long pid = broker.pid();

        broker.close();

        assertThat(RunningProcess.hasPid(pid)).isFalse();
    }

    @Test
    void namesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            KafkaBroker.Options options = new KafkaBroker.Options(temporary, taken.getLocalPort(), Map.of());

            assertThatThrownBy(() -> KafkaBroker.start(options))
                    .isInstanceOfSatisfying(
                            PortTakenException.class, e -> assertThat(e.port()).isEqualTo(taken.getLocalPort()));
        }
    }

    @Test
    @Tag("slow")
    void refusesADirectoryInWhichAnotherRuns() throws Exception {
        try (KafkaBroker running = KafkaBroker.start(new KafkaBroker.Options(temporary))) {
            assertThatThrownBy(() -> KafkaBroker.start(new KafkaBroker.Options(temporary)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
            assertThat(running.isAlive()).isTrue();
        }
    }

    @Test
    void quotesTheBrokersLogWhenItDoesNotStart() {
        Map<String, String> nonsense = Map.of("num.io.threads", "0");

        assertThatThrownBy(() -> KafkaBroker.start(new KafkaBroker.Options(temporary, 0, nonsense)))
                .hasMessageContaining("num.io.threads");
    }

    @Test
    @Tag("slow")
    void quotesTheLogOfABrokerThatEndsWhileStarting() throws Exception {
        KafkaBroker.start(new KafkaBroker.Options(temporary)).close();
        Map<String, String> nonsense = Map.of("num.io.threads", "0");

        assertThatThrownBy(() -> KafkaBroker.start(new KafkaBroker.Options(temporary, 0, nonsense)))
                .isInstanceOf(ChildFailedException.class)
                .hasMessageContaining("num.io.threads");
    }
}
