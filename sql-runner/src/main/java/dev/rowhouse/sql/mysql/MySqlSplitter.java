package dev.rowhouse.sql.mysql;

import dev.rowhouse.sql.flyway.FlywaySplitter;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.Splitter;
import dev.rowhouse.sql.script.UnreadableScriptException;

/** Cuts MySQL's and MariaDB's scripts with Flyway's MySQL parser. Thread-safe. */
public final class MySqlSplitter implements Splitter {
    private final Splitter flyway = new FlywaySplitter(MySqlScriptParser::new);

    @Override
    public Script split(String script) throws UnreadableScriptException {
        return flyway.split(script);
    }
}
