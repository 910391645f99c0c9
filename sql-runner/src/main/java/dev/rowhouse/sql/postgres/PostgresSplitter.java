package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptStatement;
import dev.rowhouse.sql.script.Splitter;
import dev.rowhouse.sql.script.UnreadableScriptException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.resource.StringResource;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;

/** Cuts scripts with Flyway's PostgreSQL parser; nothing else of Flyway is used. Thread-safe. */
public final class PostgresSplitter implements Splitter {
    private final FluentConfiguration configuration;

    public PostgresSplitter() {
        QuietFlyway.keepQuiet();
        configuration = new FluentConfiguration().placeholderReplacement(false);
    }

    @Override
    public Script split(String script) throws UnreadableScriptException {
        List<ScriptStatement> statements = new ArrayList<>();
        PostgresScriptParser parser = new PostgresScriptParser(configuration, new ParsingContext());
        try (SqlStatementIterator parsed = parser.parse(new StringResource(script))) {
            while (parsed.hasNext()) {
                statements.add(((PostgresScriptParser.Statement) parsed.next()).numbered(statements.size() + 1));
            }
        } catch (FlywayException e) {
            throw unreadable(e, parser.line());
        }
        return Script.of(script, statements);
    }

    /** Flyway's own message repeats the statement, literals included, so it is not passed on. */
    private static UnreadableScriptException unreadable(FlywayException e, int line) {
        if (e.getCause() instanceof PsqlCommandException command) {
            return new UnreadableScriptException(
                    command.line(),
                    "Line " + command.line() + " holds the psql command \\" + command.name()
                            + ", which only psql understands: write it in SQL, or leave it out");
        }
        return new UnreadableScriptException(
                line,
                "The statement near line " + line
                        + " never ends: look for an open parenthesis or an open BEGIN ATOMIC");
    }
}
