package dev.rowhouse.quickstart;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Sends the log to a file, whose place is known only once the command line is read. */
final class LogFile {

    private LogFile() {}

    static void open(Path file) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.putProperty("rowhouse.log", file.toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(LogFile.class.getResource("/quickstart-file-logback.xml"));
        } catch (JoranException e) {
            throw new IllegalStateException("the log's own configuration cannot be read", e);
        }
    }
}
