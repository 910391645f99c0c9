package dev.rowhouse.sql.ledger;

import dev.rowhouse.sql.script.Script;
import java.util.OptionalInt;

/**
 * Finds a transaction that a script begins and never ends, before any of it is run: a server takes such a one back. What is not seen
 * here, as with autocommit off, is found at the end.
 */
final class UnendedTransaction {
    private UnendedTransaction() {}

    /** @return the line in which it begins */
    static OptionalInt line(Script script, boolean commitsImplicitly) {
        int since = 0;
        for (int i = 1; i <= script.size(); i++) {
            switch (script.kindOf(i)) {
                case BEGIN -> since = script.lineOf(i);
                // A switch of autocommit may commit, and a LOCK TABLES that is passed over would have.
                case COMMIT, ROLLBACK, AUTOCOMMIT_ON, PASSED_OVER -> since = 0;
                case COMMITS -> since = commitsImplicitly ? 0 : since;
                case AUTOCOMMIT_OFF, TRANSACTIONAL, OPAQUE, SESSION -> {}
            }
        }
        return since > 0 ? OptionalInt.of(since) : OptionalInt.empty();
    }
}
