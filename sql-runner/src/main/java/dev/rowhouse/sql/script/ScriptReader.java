package dev.rowhouse.sql.script;

import java.util.Iterator;

/** One reading of a script, statement by statement: memory holds the script's text and one statement. Used by one thread. */
public interface ScriptReader extends Iterator<ScriptStatement>, AutoCloseable {
    @Override
    void close();
}
