package dev.rowhouse.sql.ledger;

import dev.rowhouse.sql.script.Script;
import java.util.OptionalInt;

/** Finds a transaction that a script begins and never ends, before any of it is run: a server takes such a one back. */
final class UnendedTransaction {
    private UnendedTransaction() {}

    /** @return the line in which it begins */
    static OptionalInt line(Script script, boolean commitsImplicitly) {
        boolean autocommit = true;
        int since = 0;
        for (int i = 1; i <= script.size(); i++) {
            switch (script.kindOf(i)) {
                case BEGIN -> since = script.lineOf(i);
                case COMMIT, ROLLBACK -> since = 0;
                case COMMITS -> since = commitsImplicitly ? 0 : since;
                case AUTOCOMMIT_OFF -> autocommit = false;
                case AUTOCOMMIT_ON -> {
                    // Only where it was off does it commit.
                    since = autocommit ? since : 0;
                    autocommit = true;
                }
                case TRANSACTIONAL, OPAQUE -> since = autocommit || since > 0 ? since : script.lineOf(i);
                case SESSION, PASSED_OVER -> {}
            }
        }
        return since > 0 ? OptionalInt.of(since) : OptionalInt.empty();
    }
}
