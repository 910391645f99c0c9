package dev.rowhouse.sql;

import static org.awaitility.Awaitility.await;

import dev.rowhouse.sql.RunState.Done;
import dev.rowhouse.sql.RunState.Failed;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Waits for runs. */
final class Runs {
    private Runs() {}

    static RunState end(LocalSqlRunner runner, SqlRun run) {
        return end(runner, runner.start(run));
    }

    static RunState end(LocalSqlRunner runner, RunId id) {
        AtomicReference<RunState> last = new AtomicReference<>();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    last.set(runner.poll(id));
                    return last.get() instanceof Done || last.get() instanceof Failed;
                });
        return last.get();
    }
}
