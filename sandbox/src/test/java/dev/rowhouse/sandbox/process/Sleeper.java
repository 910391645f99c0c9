package dev.rowhouse.sandbox.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A sandbox whose child sleeps; for tests that end the sandbox in ways a test's own JVM would not survive. */
final class Sleeper {

    static final Command COMMAND = new Command("sleeper", List.of("sleep", "600"), Map.of(), Set.of(), EndSignal.TERM);

    private Sleeper() {}

    /** Arguments: the directory, or none for a temporary one. Says {@code directory=} and {@code pid=}. */
    public static void main(String... arguments) throws InterruptedException {
        SandboxDirectory directory = arguments.length == 0
                ? SandboxDirectory.temporary("sleeper")
                : SandboxDirectory.claim(Path.of(arguments[0]));
        System.out.println("directory=" + directory.path());
        System.out.println("pid=" + directory.start(COMMAND).pid());
        new CountDownLatch(1).await();
    }
}
