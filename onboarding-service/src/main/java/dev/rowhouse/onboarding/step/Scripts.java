package dev.rowhouse.onboarding.step;

import dev.rowhouse.onboarding.progress.SqlProgress;
import dev.rowhouse.sql.SqlRunner;
import java.time.Duration;

/**
 * How scripts are run.
 *
 * @param runner what runs them
 * @param progress where it is told how far they have come
 * @param reachWithin how long to try to connect to a database
 * @param atMost how long one may take
 */
public record Scripts(SqlRunner runner, SqlProgress progress, Duration reachWithin, Duration atMost) {}
