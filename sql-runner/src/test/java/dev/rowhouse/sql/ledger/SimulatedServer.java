package dev.rowhouse.sql.ledger;

import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.script.Kind;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptStatement;
import dev.rowhouse.sql.script.Statements;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A database server in memory: what was committed stays, what was not goes with its session. An effect is a statement's text.
 * Sessions die where a test wants them to, before or after any call.
 */
final class SimulatedServer {
    /** How a server gets on with statements that cannot be rolled back. */
    enum Ddl {
        /** As MySQL. */
        COMMITS_WHAT_IS_OPEN,
        /** As PostgreSQL. */
        IS_REFUSED_IN_A_TRANSACTION
    }

    /** The process is dead. */
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private record Row(int statements, String checksum, boolean finished) {}

    private record State(List<String> effects, Map<String, NavigableMap<Integer, Row>> ledgers) {
        State copy() {
            Map<String, NavigableMap<Integer, Row>> copies = new LinkedHashMap<>();
            ledgers.forEach((script, rows) -> copies.put(script, new TreeMap<>(rows)));
            return new State(new ArrayList<>(effects), copies);
        }

        NavigableMap<Integer, Row> ledger(Script script) {
            return ledgers.computeIfAbsent(script.sha256(), sha256 -> new TreeMap<>());
        }
    }

    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private final Ddl ddl;
    private State committed = new State(new ArrayList<>(), new LinkedHashMap<>());
    private long calls;
    private long diesAt = Long.MAX_VALUE;

    SimulatedServer(Ddl ddl) {
        this.ddl = ddl;
    }

    /** @param halfCalls from now: an even one lets the session die before that call, an odd one after it */
    void dieAfter(long halfCalls) {
        diesAt = calls + halfCalls;
    }

    List<String> effects() {
        return committed.effects();
    }

    int recorded(Script script) {
        return (int)
                committed.ledger(script).values().stream().filter(Row::finished).count();
    }

    Session session(Script script) {
        return new Session(script);
    }

    /** A connection. */
    final class Session implements ScriptDatabase {
        private final Script script;
        private final List<ScriptStatement> statements;
        private final List<String> settings = new ArrayList<>();
        private State open;
        private boolean autocommit = true;

        private Session(Script script) {
            this.script = script;
            this.statements = Statements.of(script);
        }

        private void tick() {
            if (calls++ == diesAt) {
                throw new Death();
            }
        }

        private State state() {
            return open == null ? committed : open;
        }

        private void end() {
            if (open != null) {
                committed = open;
                open = null;
            }
        }

        @Override
        public Standing standing(Script of) {
            Standing standing = Standing.EMPTY;
            for (Map.Entry<Integer, Row> row :
                    committed.ledger(of).tailMap(recorded(of)).entrySet()) {
                standing = standing.with(
                        row.getValue().statements(),
                        row.getKey(),
                        new Standing.Started(row.getValue().checksum(), Optional.empty()),
                        row.getValue().finished());
            }
            return standing;
        }

        private Optional<BegunScript> begunBefore() {
            return committed.ledgers().entrySet().stream()
                    .filter(ledger -> !ledger.getKey().equals(script.sha256())
                            && !ledger.getValue().isEmpty()
                            && ledger.getValue().values().stream()
                                            .filter(Row::finished)
                                            .count()
                                    < ledger.getValue().firstEntry().getValue().statements())
                    .map(ledger -> new BegunScript(
                            ledger.getKey(),
                            ledger.getValue().values().stream()
                                    .filter(Row::finished)
                                    .map(Row::checksum)
                                    .toList()))
                    .findFirst();
        }

        @Override
        public void rename(BegunScript begun, Script to) {
            requireTransaction();
            open.ledgers()
                    .remove(begun.sha256())
                    .forEach((index, row) ->
                            open.ledger(to).put(index, new Row(to.size(), row.checksum(), row.finished())));
        }

        @Override
        public void begin() {
            tick();
            end();
            open = committed.copy();
            tick();
        }

        @Override
        public void commit() {
            tick();
            end();
            tick();
        }

        @Override
        public boolean commitsImplicitly() {
            return ddl == Ddl.COMMITS_WHAT_IS_OPEN;
        }

        @Override
        public boolean inTransaction() {
            return open != null;
        }

        @Override
        public void execute(ScriptStatement statement) throws FailedStatementException {
            tick();
            switch (statement.kind()) {
                case TRANSACTIONAL -> {
                    if (!autocommit && open == null) {
                        open = committed.copy();
                    }
                    apply(statement);
                }
                case COMMITS -> {
                    if (open != null && ddl == Ddl.IS_REFUSED_IN_A_TRANSACTION) {
                        throw failed(statement, "cannot run inside a transaction");
                    }
                    end();
                    if (committed.effects().contains(statement.text())) {
                        throw failed(statement, "exists");
                    }
                    apply(statement);
                }
                case OPAQUE -> {
                    apply(statement);
                    if (statement.text().contains("commits")) {
                        end();
                    } else if (statement.text().contains("takes_back")) {
                        open = null;
                    }
                }
                case BEGIN -> {
                    end();
                    open = committed.copy();
                }
                case COMMIT -> end();
                case ROLLBACK -> open = null;
                case AUTOCOMMIT_OFF -> autocommit = false;
                case AUTOCOMMIT_ON -> {
                    if (!autocommit) {
                        end();
                    }
                    autocommit = true;
                }
                case SESSION -> set(settings, statement.text());
                case PASSED_OVER -> throw new AssertionError("To be passed over: " + statement.text());
            }
            tick();
        }

        private void apply(ScriptStatement statement) {
            if (!settings.equals(settingsBefore(statement))) {
                throw new AssertionError(statement.text() + " ran with " + settings);
            }
            state().effects().add(statement.text());
        }

        /** What is set up before a statement, but for what is gone by then. */
        private List<String> settingsBefore(ScriptStatement statement) {
            List<String> before = new ArrayList<>();
            statements.subList(0, statement.index() - 1).stream()
                    .filter(earlier -> earlier.kind() == Kind.SESSION)
                    .forEach(earlier -> set(before, earlier.text()));
            return before;
        }

        private static void set(List<String> settings, String text) {
            if (text.startsWith("DROP TEMPORARY TABLE ")) {
                String created = text.replace("DROP", "CREATE");
                settings.removeIf(setting -> setting.startsWith(created));
            } else if (text.startsWith("DEALLOCATE ")) {
                String prepared = text.replace("DEALLOCATE ", "");
                settings.removeIf(setting -> setting.startsWith(prepared));
            } else {
                settings.add(text);
            }
        }

        @Override
        public Optional<String> stateBefore(ScriptStatement statement) {
            return Optional.empty();
        }

        @Override
        public Repetition repetition(ScriptStatement statement, Optional<String> before) {
            if (statement.text().startsWith("RENAME")) {
                return Repetition.CANNOT_BE_TOLD;
            }
            return committed.effects().contains(statement.text()) ? Repetition.DONE : Repetition.TO_BE_RUN;
        }

        @Override
        public void executeAgain(ScriptStatement statement) throws FailedStatementException {
            execute(statement);
        }

        @Override
        public void record(Script of, List<LedgerEntry> entries) {
            tick();
            requireTransaction();
            entries.forEach(entry -> open.ledger(of).put(entry.index(), new Row(of.size(), entry.checksum(), true)));
            tick();
        }

        @Override
        public void recordStarted(Script of, ScriptStatement statement, Optional<String> before) {
            tick();
            requireTransaction();
            open.ledger(of).put(statement.index(), new Row(of.size(), statement.checksum(), false));
            tick();
        }

        @Override
        public void forgetStarted(Script of, ScriptStatement statement) {
            tick();
            requireTransaction();
            open.ledger(of).remove(statement.index());
        }

        private void requireTransaction() {
            if (open == null) {
                throw new AssertionError("A row was to be written outside of a transaction");
            }
        }

        @Override
        public FailedStatementException failed(ScriptStatement statement, String message) {
            return new FailedStatementException(message, Map.of("statement_index", statement.index()));
        }

        void run() throws FailedStatementException, PassingSqlFaultException {
            Standing standing = standing(script);
            if (!standing.complete()) {
                Optional<BegunScript> begun = standing.isEmpty() ? begunBefore() : Optional.empty();
                LedgerRun.statementByStatement(script, standing, begun, this, CLOCK, done -> {});
            }
        }
    }
}
