package dev.rowhouse.sql.script;

import java.util.List;

/**
 * A script cut into statements.
 *
 * @param sha256 of its text in UTF-8, in hexadecimal: what the ledger knows it by
 * @param statements in order; the first has index 1
 */
public record Script(String sha256, List<ScriptStatement> statements) {
    public Script {
        statements = List.copyOf(statements);
    }

    /** @param text the script, whole */
    public static Script of(String text, List<ScriptStatement> statements) {
        return new Script(Sha256.hex(text), statements);
    }

    public int size() {
        return statements.size();
    }
}
