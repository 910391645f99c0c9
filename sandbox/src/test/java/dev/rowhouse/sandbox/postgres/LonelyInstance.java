package dev.rowhouse.sandbox.postgres;

import dev.rowhouse.sandbox.aws.DatabaseHost.Endpoint;
import dev.rowhouse.sandbox.aws.DatabaseHost.Instance;
import dev.rowhouse.sandbox.rds.RdsInstances;
import dev.rowhouse.sandbox.tls.SandboxCa;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** A sandbox with one instance, in a JVM that a test kills. */
final class LonelyInstance {

    private LonelyInstance() {}

    /** Arguments: the directories of data and of certificates, and the instance's password. Says {@code host=}. */
    public static void main(String... arguments) throws InterruptedException, IOException {
        SandboxCa ca = SandboxCa.in(Path.of(arguments[1]), Clock.systemUTC());
        RdsInstances instances = RdsInstances.open(Path.of(arguments[0]), ca);
        Endpoint endpoint = instances.create(new Instance("postgres", "lonely-db", "app", arguments[2], "app", 5432));
        System.out.println("host=" + endpoint.host());
        new CountDownLatch(1).await();
    }
}
