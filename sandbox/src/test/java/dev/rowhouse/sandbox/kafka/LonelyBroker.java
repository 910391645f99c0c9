package dev.rowhouse.sandbox.kafka;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/** A sandbox with a broker that holds one record, in a JVM that a test kills. */
final class LonelyBroker {

    private LonelyBroker() {}

    /** Argument: the data directory. Says {@code pid=}, the broker's. */
    public static void main(String... arguments) throws InterruptedException, ExecutionException {
        KafkaBroker broker = KafkaBroker.start(new KafkaBroker.Options(Path.of(arguments[0])));
        try (BrokerClient client = new BrokerClient(broker)) {
            client.createTopic("facts");
            client.produce("facts", "one");
        }
        System.out.println("pid=" + broker.pid());
        new CountDownLatch(1).await();
    }
}
