package dev.rowhouse.sql.flyway;

import dev.rowhouse.sql.script.ScriptReader;
import dev.rowhouse.sql.script.ScriptStatement;
import java.util.NoSuchElementException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.parser.Parser;
import org.flywaydb.core.internal.resource.StringResource;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;

/** Throws {@link UnreadableStatementException}, in a script's first reading alone. */
final class FlywayReader implements ScriptReader {
    private final SqlStatementIterator parsed;
    private int index;
    private int line = 1;

    FlywayReader(Parser parser, String script) {
        parsed = parser.parse(new StringResource(script));
    }

    @Override
    public boolean hasNext() {
        try {
            return parsed.hasNext();
        } catch (FlywayException e) {
            if (e.getCause() instanceof UnreadableStatementException unreadable) {
                throw unreadable;
            }
            // Flyway's own message repeats the statement, literals included, so it is not passed on.
            throw new UnreadableStatementException(
                    line, "The statement after the one in line " + line + " cannot be told from what follows it");
        }
    }

    @Override
    public ScriptStatement next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The script has " + index + " statements");
        }
        index++;
        ScriptStatement statement = ((ParsedStatement) parsed.next()).numbered(index);
        line = statement.line();
        return statement;
    }

    @Override
    public void close() {
        parsed.close();
    }
}
