package dev.rowhouse.sql.script;

/** Cuts a script into statements as the engine's own client would. Thread-safe. */
public interface Splitter {

    /**
     * Cuts a script; {@code ${…}} is text, never a placeholder.
     *
     * @throws UnreadableScriptException where the script has what is not SQL
     */
    Script split(String script) throws UnreadableScriptException;
}
