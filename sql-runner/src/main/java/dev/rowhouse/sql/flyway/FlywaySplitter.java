package dev.rowhouse.sql.flyway;

import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.Splitter;
import dev.rowhouse.sql.script.UnreadableScriptException;
import java.util.function.BiFunction;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.internal.parser.Parser;
import org.flywaydb.core.internal.parser.ParsingContext;

/** Cuts scripts with a parser of Flyway's that hands back {@link ParsedStatement}s. Thread-safe. */
public final class FlywaySplitter implements Splitter {
    private final BiFunction<Configuration, ParsingContext, Parser> parsers;
    private final Configuration configuration;

    /** @param parsers makes one for each reading */
    public FlywaySplitter(BiFunction<Configuration, ParsingContext, Parser> parsers) {
        QuietFlyway.keepQuiet();
        this.parsers = parsers;
        this.configuration = new FluentConfiguration().placeholderReplacement(false);
    }

    @Override
    public Script split(String script) throws UnreadableScriptException {
        try {
            return Script.of(
                    script, () -> new FlywayReader(parsers.apply(configuration, new ParsingContext()), script));
        } catch (UnreadableStatementException e) {
            throw e.checked();
        }
    }
}
