package dev.rowhouse.sql.ledger;

import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptReader;
import dev.rowhouse.sql.script.ScriptStatement;
import java.util.Iterator;
import java.util.Map;

/**
 * A script that is new to its ledger, where another one was begun and stopped: its mended version, if it begins with the same
 * statements. Then it goes on where that one stopped. Otherwise it is refused: to begin anew would do some of it twice.
 */
final class MendedScript {
    private MendedScript() {}

    /** Gives the rows of {@code begun} to {@code script}; no transaction is open. */
    static void takeOver(Script script, BegunScript begun, ScriptDatabase database)
            throws FailedStatementException, PassingSqlFaultException {
        requireSameBeginning(script, begun);
        database.begin();
        database.rename(begun, script);
        database.commit();
    }

    private static void requireSameBeginning(Script script, BegunScript begun) throws FailedStatementException {
        int run = begun.checksums().size();
        if (script.size() < run) {
            throw new FailedStatementException(
                    another(run) + " This one has only " + script.size() + advice(), Map.of());
        }
        Iterator<String> checksums = begun.checksums().iterator();
        try (ScriptReader reader = script.open()) {
            while (checksums.hasNext()) {
                ScriptStatement statement = reader.next();
                if (!statement.checksum().equals(checksums.next())) {
                    throw new FailedStatementException(
                            another(run) + " This one differs from it at statement " + statement.index() + " in line "
                                    + statement.line() + advice(),
                            Map.of("statement_index", statement.index(), "line", statement.line()));
                }
            }
        }
    }

    private static String another(int run) {
        return "Another script was begun on this database and stopped after " + run + " statements.";
    }

    private static String advice() {
        return ". What has been run is not run again: leave those statements as they were, and mend what follows them";
    }
}
