package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.flyway.FlywaySplitter;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.Splitter;
import dev.rowhouse.sql.script.UnreadableScriptException;

/** Cuts PostgreSQL's scripts with Flyway's parser. Thread-safe. */
public final class PostgresSplitter implements Splitter {
    private final Splitter flyway = new FlywaySplitter(PostgresScriptParser::new);

    @Override
    public Script split(String script) throws UnreadableScriptException {
        return flyway.split(script);
    }
}
