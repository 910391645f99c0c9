package dev.rowhouse.sql.script;

/** Cuts a script into statements as the engine's own client would. Thread-safe. */
public interface Splitter {

    /**
     * Reads a script through; {@code ${…}} is text, never a placeholder. A byte-order mark is passed over.
     *
     * @throws UnreadableScriptException where the script has what is not SQL, a statement that never ends, or one that cannot
     *     be run once and only once
     */
    Script split(String script) throws UnreadableScriptException;
}
