package dev.rowhouse.sql.script;

import java.util.ArrayList;
import java.util.List;

/** All statements of a short script in memory, for tests. */
public final class Statements {
    private Statements() {}

    public static List<ScriptStatement> of(Script script) {
        List<ScriptStatement> statements = new ArrayList<>();
        try (ScriptReader reader = script.open()) {
            reader.forEachRemaining(statements::add);
        }
        return statements;
    }
}
