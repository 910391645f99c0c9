package dev.rowhouse.sql.ledger;

import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.ledger.SessionValues.Span;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptStatement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The statements that other sessions have run: what they left in their session is made again for ours, as far as it can be. */
final class FinishedStatements {
    private static final Pattern DISCARD = Pattern.compile("DISCARD\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern DROP_DATABASE =
            Pattern.compile("DROP\\s+(DATABASE|SCHEMA)\\b", Pattern.CASE_INSENSITIVE);

    private final Script script;
    private final Standing standing;
    private final ScriptDatabase database;
    private final Transactions transactions;
    private final SessionValues values;

    /** By what they would have set: settings that could not be made again, and may yet be made anew. */
    private final Map<String, FailedStatementException> notRepeated = new LinkedHashMap<>();

    /** @throws FailedStatementException when the script was cut otherwise then, so that the ledger's numbers mean others */
    FinishedStatements(
            Script script, Standing standing, ScriptDatabase database, Transactions transactions, SessionValues values)
            throws FailedStatementException {
        this.script = script;
        this.standing = standing;
        this.database = database;
        this.transactions = transactions;
        this.values = values;
        requireThatItIsCutAsThen();
    }

    private void requireThatItIsCutAsThen() throws FailedStatementException {
        if (standing.statements() > 0 && standing.statements() != script.size()) {
            throw new FailedStatementException(
                    "The ledger was begun when this script had " + standing.statements()
                            + " statements, and now it has " + script.size()
                            + ": it was begun by another version of Rowhouse; finish with that one",
                    Map.of());
        }
    }

    /** Makes what a finished statement left in its session, for ours. */
    void repeat(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        if (statement.index() == standing.finished() && !statement.checksum().equals(standing.lastChecksum())) {
            throw database.failed(statement, "the ledger records another statement at its place");
        }
        switch (statement.kind()) {
            case SESSION -> repeatSetting(statement);
            case BEGIN -> {
                database.execute(statement);
                transactions.scriptBegan(statement);
            }
            case COMMIT, ROLLBACK -> {
                database.execute(statement);
                transactions.scriptEnded(statement);
            }
            case COMMITS -> repeatWhatCommits(statement);
            case AUTOCOMMIT_OFF -> {
                database.execute(statement);
                transactions.autocommitOff();
            }
            case AUTOCOMMIT_ON -> {
                database.execute(statement);
                transactions.autocommitOn();
                if (!database.inTransaction()) {
                    transactions.ended();
                }
            }
            case TRANSACTIONAL, OPAQUE, PASSED_OVER -> {}
        }
    }

    private void repeatWhatCommits(ScriptStatement statement)
            throws FailedStatementException, PassingSqlFaultException {
        if (database.commitsImplicitly()) {
            transactions.endWhatWasBegunAgain();
        }
        if (DISCARD.matcher(statement.text()).lookingAt()) {
            database.execute(statement);
        }
        if (DROP_DATABASE.matcher(statement.text()).lookingAt()) {
            // A USE of it failed because of this.
            notRepeated.remove(SessionUses.CURRENT_DATABASE);
        }
    }

    private void repeatSetting(ScriptStatement statement) throws FailedStatementException, PassingSqlFaultException {
        if (!values.isToBeRepeated(statement.index(), standing.finished())) {
            return;
        }
        Set<String> names = values.setBy(statement.index());
        try {
            database.execute(statement);
            notRepeated.keySet().removeAll(names);
        } catch (FailedStatementException e) {
            if (names.isEmpty()) {
                throw e;
            }
            names.forEach(name -> notRepeated.put(name, e));
        }
    }

    /** @param statement the first that is not finished */
    void requireThatNothingIsLostTo(ScriptStatement statement) throws FailedStatementException {
        if (standing.finished() == 0) {
            return;
        }
        Optional<FailedStatementException> failure =
                notRepeated.values().stream().findFirst();
        if (failure.isPresent()) {
            throw failure.get();
        }
        Optional<Span> lost = values.lostBefore(statement.index());
        if (lost.isPresent()) {
            Span span = lost.get();
            throw database.failed(
                    statement,
                    "the script was interrupted before it, and " + span.name() + " as statement " + span.left()
                            + " in line " + script.lineOf(span.left()) + " left it, which statement " + span.taken()
                            + " in line " + script.lineOf(span.taken())
                            + " needs, was lost with the connection. Have nothing between them that commits by itself");
        }
    }
}
