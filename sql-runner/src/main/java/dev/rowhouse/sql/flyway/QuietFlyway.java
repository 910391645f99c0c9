package dev.rowhouse.sql.flyway;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogFactory;

/**
 * Flyway collects log lines in memory until someone configures its logging, and its lines may hold statements: it is told to
 * log nothing.
 */
final class QuietFlyway implements Log {
    private QuietFlyway() {}

    static void keepQuiet() {
        LogFactory.setLogCreator(of -> new QuietFlyway());
    }

    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {}

    @Override
    public void error(String message) {}

    @Override
    public void error(String message, Exception e) {}

    @Override
    public void notice(String message) {}
}
