package dev.rowhouse.sandbox.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the children that a dead owner left in a directory. */
final class Orphans {

    private static final Logger log = LoggerFactory.getLogger(Orphans.class);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private Orphans() {}

    /**
     * First in good order, since PostgreSQL leaves a shared memory segment behind when it is killed; then by force. The
     * caller holds the directory's lock.
     */
    static void endIn(Path directory) throws IOException, InterruptedException {
        List<ChildRecord> records = ChildRecord.in(directory);
        for (ChildRecord left : records) {
            if (left.identity().isAlive()) {
                long pid = left.identity().pid();
                log.info("ending process {}, which a sandbox that died left in {}", pid, directory);
                Signals.send(left.end().name(), pid);
                // A suspended child takes its signal only once it goes on.
                Signals.send("CONT", pid);
            }
        }
        if (!allEndWithin(GRACE, records)) {
            for (ChildRecord left : records) {
                if (left.identity().isAlive()) {
                    Signals.send("KILL", left.identity().pid());
                }
            }
            if (!allEndWithin(AFTER_KILL, records)) {
                throw new IOException("processes left in " + directory + " survive SIGKILL: " + records);
            }
        }
        for (ChildRecord ended : records) {
            Files.deleteIfExists(ended.file());
        }
    }

    private static boolean allEndWithin(Duration limit, List<ChildRecord> records) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (records.stream().anyMatch(left -> left.identity().isAlive())) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(LOOK_EVERY.toMillis());
        }
        return true;
    }
}
