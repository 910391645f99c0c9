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

    /** The argument for a temporary directory whose children run in {@link #NESTED} directories of their own within it. */
    static final String WITHIN_TEMPORARY = "within-temporary";

    static final int NESTED = 5;

    /** Arguments: the directory, or none for a temporary one. Says {@code directory=} and {@code pid=}, for each child. */
    public static void main(String... arguments) throws InterruptedException {
        if (List.of(arguments).contains(WITHIN_TEMPORARY)) {
            SandboxDirectory outer = SandboxDirectory.temporary("sleeper");
            System.out.println("directory=" + outer.path());
            for (int i = 0; i < NESTED; i++) {
                SandboxDirectory inner = SandboxDirectory.claim(outer.path().resolve("inner-" + i));
                System.out.println("pid=" + inner.start(COMMAND).pid());
            }
            new CountDownLatch(1).await();
        }
        SandboxDirectory directory = arguments.length == 0
                ? SandboxDirectory.temporary("sleeper")
                : SandboxDirectory.claim(Path.of(arguments[0]));
        System.out.println("directory=" + directory.path());
        System.out.println("pid=" + directory.start(COMMAND).pid());
        new CountDownLatch(1).await();
    }
}
