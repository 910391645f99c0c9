package dev.rowhouse.sandbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class KafkaBrokerTest {

    @Test
    void aBrokerThatWasKilledStillHasItsTopicsWhenItComesBack() throws Exception {
        try (KafkaBroker broker = KafkaBroker.startTemporary()) {
            create(broker, "kept");
            broker.kill();
            broker.restart();

            assertThat(topicsOf(broker)).contains("kept");
        }
    }

    @Test
    void twoBrokersRunSideBySide() throws Exception {
        try (KafkaBroker one = KafkaBroker.startTemporary();
                KafkaBroker other = KafkaBroker.startTemporary()) {
            create(one, "of-one");

            assertThat(topicsOf(other)).doesNotContain("of-one");
        }
    }

    @Test
    void aClosedBrokerIsGone() throws Exception {
        KafkaBroker broker = KafkaBroker.startTemporary();
        long pid = broker.pid();
        broker.close();

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    private static void create(KafkaBroker broker, String topic) throws InterruptedException, ExecutionException {
        try (Admin admin = admin(broker)) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static Iterable<String> topicsOf(KafkaBroker broker) throws InterruptedException, ExecutionException {
        try (Admin admin = admin(broker)) {
            return admin.listTopics().names().get();
        }
    }

    private static Admin admin(KafkaBroker broker) {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }
}
