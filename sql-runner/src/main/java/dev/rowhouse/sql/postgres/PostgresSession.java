package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.engine.ScriptSession;
import dev.rowhouse.sql.ledger.BegunScript;
import dev.rowhouse.sql.ledger.LedgerRun;
import dev.rowhouse.sql.ledger.Standing;
import dev.rowhouse.sql.script.Kind;
import dev.rowhouse.sql.script.Script;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * The whole script and its ledger rows in one transaction, where the script allows it: it happened, or nothing did. Else
 * statement by statement. A commit whose answer was lost is settled by the next session, which reads the ledger.
 */
final class PostgresSession implements ScriptSession {
    private static final Set<Kind> IN_ONE_TRANSACTION = EnumSet.of(Kind.TRANSACTIONAL, Kind.SESSION, Kind.PASSED_OVER);

    private final PostgresLedger ledger;
    private final PostgresDatabase database;
    private final Clock clock;

    private PostgresSession(PostgresLedger ledger, PostgresDatabase database, Clock clock) {
        this.ledger = ledger;
        this.database = database;
        this.clock = clock;
    }

    static PostgresSession open(Connection connection, ConnectionGuard guard, PostgresFaults faults, Clock clock)
            throws SQLException {
        PostgresLedger ledger = new PostgresLedger(connection);
        PostgresDatabase database = new PostgresDatabase(connection, ledger, guard, faults, clock);
        try {
            database.set();
            return new PostgresSession(ledger, database, clock);
        } catch (SQLException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public Outcome run(Script script, IntConsumer done) throws FailedStatementException, PassingSqlFaultException {
        database.begin();
        if (!database.lock()) {
            return Outcome.HELD_BY_ANOTHER;
        }
        Standing standing = database.standing(script);
        if (standing.complete()) {
            return Outcome.COMPLETE;
        }
        Optional<BegunScript> begun = standing.isEmpty() ? database.begunBefore(script) : Optional.empty();
        if (standing.isEmpty() && begun.isEmpty() && script.every(IN_ONE_TRANSACTION::contains)) {
            LedgerRun.inOneTransaction(script, database, clock, done);
        } else {
            ledger.lockBySession();
            // Ours already, by the transaction's lock.
            database.lock();
            database.commit();
            LedgerRun.statementByStatement(script, standing, begun, database, clock, done);
        }
        return Outcome.COMPLETE;
    }

    @Override
    public void close() {
        database.close();
    }
}
