package dev.rowhouse.sql.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.ledger.SimulatedServer.Ddl;
import dev.rowhouse.sql.ledger.SimulatedServer.Death;
import dev.rowhouse.sql.mysql.MySqlSplitter;
import dev.rowhouse.sql.postgres.PostgresSplitter;
import dev.rowhouse.sql.script.Kind;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptStatement;
import dev.rowhouse.sql.script.Statements;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Dying before and after every call to the database, and going on. */
class LedgerRunTest {
    private static final Set<Kind> EFFECTIVE = EnumSet.of(Kind.TRANSACTIONAL, Kind.COMMITS, Kind.OPAQUE);

    private static final String MYSQL_SCRIPT = """
            SET NAMES utf8mb4;
            CREATE DATABASE shop;
            USE shop;
            CREATE TABLE a (i int);
            INSERT INTO a VALUES (1);
            INSERT INTO a VALUES (2);
            LOCK TABLES a WRITE;
            INSERT INTO a VALUES (3);
            UNLOCK TABLES;
            START TRANSACTION;
            INSERT INTO a VALUES (4);
            SET foreign_key_checks = 0;
            INSERT INTO a VALUES (5);
            COMMIT;
            BEGIN;
            INSERT INTO a VALUES (6);
            CREATE TABLE b (i int);
            INSERT INTO b VALUES (7);
            COMMIT;
            SET autocommit = 0;
            INSERT INTO b VALUES (8);
            INSERT INTO b VALUES (9);
            COMMIT;
            SET autocommit = 1;
            CALL plain();
            CREATE TEMPORARY TABLE passing (i int);
            INSERT INTO passing VALUES (1);
            INSERT INTO b SELECT i FROM passing;
            DROP TEMPORARY TABLE passing;
            SET @s = 'ALTER TABLE b ADD t int';
            PREPARE change FROM @s;
            EXECUTE change;
            DEALLOCATE PREPARE change;
            BEGIN;
            INSERT INTO b VALUES (12);
            SET autocommit = 1;
            INSERT INTO b VALUES (13);
            COMMIT;
            INSERT INTO b VALUES (10);
            ALTER TABLE b ADD s text;
            INSERT INTO b VALUES (11);
            """;

    private static final String POSTGRES_SCRIPT = """
            SET search_path = shop;
            RESET ROLE;
            INSERT INTO a VALUES (1);
            VACUUM a;
            INSERT INTO a VALUES (2);
            BEGIN;
            INSERT INTO a VALUES (3);
            INSERT INTO a VALUES (4);
            COMMIT;
            INSERT INTO a VALUES (5);
            """;

    @Test
    void appliesEachStatementOnceWhereverItDies() throws Exception {
        assertThat(diesEverywhere(Ddl.COMMITS_WHAT_IS_OPEN, new MySqlSplitter().split(MYSQL_SCRIPT)))
                .isGreaterThan(100);
    }

    @Test
    void appliesEachStatementOnceWhereverItDiesWhenDdlIsRefusedInATransaction() throws Exception {
        assertThat(diesEverywhere(Ddl.IS_REFUSED_IN_A_TRANSACTION, new PostgresSplitter().split(POSTGRES_SCRIPT)))
                .isGreaterThan(20);
    }

    @Test
    void appliesEachStatementOnceHoweverOftenItDies() throws Exception {
        Script script = new MySqlSplitter().split(MYSQL_SCRIPT);
        SplittableRandom random = new SplittableRandom(20_260_101);
        for (int life = 0; life < 300; life++) {
            SimulatedServer server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
            boolean complete = false;
            while (!complete) {
                server.dieAfter(random.nextLong(200));
                complete = survives(server, script);
            }
            assertThat(server.effects()).isEqualTo(effects(script));
        }
    }

    @Test
    void takesBackWhatTheScriptTakesBack() throws Exception {
        SimulatedServer server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
        Script script = new MySqlSplitter()
                .split("INSERT INTO a VALUES (1); BEGIN; INSERT INTO a VALUES (2); ROLLBACK; INSERT INTO a VALUES (3)");

        server.session(script).run();

        assertThat(server.effects()).containsExactly("INSERT INTO a VALUES (1)", "INSERT INTO a VALUES (3)");
        assertThat(server.recorded(script)).isEqualTo(5);
    }

    @Test
    void doesNotGoOnAfterACallThatCommittedAndWasInterrupted() throws Exception {
        Script script = new MySqlSplitter().split("INSERT INTO a VALUES (1); CALL commits(); INSERT INTO a VALUES (2)");
        int refused = 0;
        for (int calls = 0; calls < 60; calls++) {
            SimulatedServer server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
            server.dieAfter(calls);
            if (survives(server, script)) {
                continue;
            }
            try {
                server.dieAfter(1_000);
                server.session(script).run();
                assertThat(server.effects()).isEqualTo(effects(script));
            } catch (FailedStatementException e) {
                assertThat(e).hasMessageContaining("cannot be told");
                assertThat(e.details()).containsEntry("statement_index", 2);
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void recordsATransactionThatOnlyReadsAfterIt() throws Exception {
        SimulatedServer server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
        Script script = new MySqlSplitter()
                .split(
                        "SET TRANSACTION READ ONLY; START TRANSACTION READ ONLY; SELECT 1; COMMIT; INSERT INTO a VALUES (1)");

        server.session(script).run();

        assertThat(server.recorded(script)).isEqualTo(5);
    }

    @Test
    void neverRunsAStatementAgainOfWhichItCannotBeToldWhetherItHappened() throws Exception {
        Script script = new MySqlSplitter().split("RENAME TABLE a TO x, b TO a, x TO b; SELECT 1");
        SimulatedServer server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
        for (int calls = 0; server.effects().isEmpty(); calls++) {
            server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
            server.dieAfter(calls);
            survives(server, script);
        }
        server.dieAfter(1_000);
        for (int attempt = 0; attempt < 3; attempt++) {
            SimulatedServer.Session next = server.session(script);
            assertThatThrownBy(next::run).hasMessageContaining("cannot be told");
        }

        assertThat(server.effects()).hasSize(1);
    }

    @Test
    void refusesAnIdThatAnotherSessionDoesNotHaveAlsoAcrossDefinitions() throws Exception {
        Script script = new MySqlSplitter()
                .split("INSERT INTO parent VALUES (1); CREATE TABLE child (i int);\n"
                        + "INSERT INTO child VALUES (LAST_INSERT_ID())");
        int refused = 0;
        for (int calls = 0; calls < 40; calls++) {
            SimulatedServer server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
            server.dieAfter(calls);
            if (survives(server, script)) {
                continue;
            }
            boolean parentIsThere = server.effects().contains("INSERT INTO parent VALUES (1)");
            boolean childIsFilled = server.recorded(script) == 3;
            server.dieAfter(1_000);
            SimulatedServer.Session next = server.session(script);
            if (parentIsThere && !childIsFilled) {
                assertThatThrownBy(next::run).hasMessageContaining("the last generated id");
                refused++;
            } else {
                next.run();
                assertThat(server.effects()).isEqualTo(effects(script));
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void aProcedureThatTakesBackTakesNothingBackThatWasDoneBefore() throws Exception {
        SimulatedServer server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
        Script script =
                new MySqlSplitter().split("INSERT INTO a VALUES (1); CALL takes_back(); INSERT INTO a VALUES (2)");

        server.session(script).run();

        assertThat(server.effects()).containsExactly("INSERT INTO a VALUES (1)", "INSERT INTO a VALUES (2)");
        assertThat(server.recorded(script)).isEqualTo(3);
    }

    @Test
    void takesBackWhatTheScriptTakesBackWithAutocommitOff() throws Exception {
        SimulatedServer server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
        Script script = new MySqlSplitter()
                .split("INSERT INTO a VALUES (1); SET @id = LAST_INSERT_ID(); SET autocommit = 0; SELECT 1;"
                        + " INSERT INTO b VALUES (@id); ROLLBACK; SELECT 2");

        server.session(script).run();

        assertThat(server.effects()).contains("INSERT INTO a VALUES (1)").doesNotContain("INSERT INTO b VALUES (@id)");
        assertThat(server.recorded(script)).isEqualTo(7);
    }

    @Test
    void refusesAnEndWithAutocommitOffAndWithoutCommit() throws Exception {
        SimulatedServer server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
        Script script = new MySqlSplitter().split("SET autocommit = 0;\nINSERT INTO a VALUES (1);");

        assertThatThrownBy(() -> server.session(script).run()).hasMessageContaining("line 2");

        assertThat(server.effects()).isEmpty();
    }

    @Test
    void takesBackWhatASwitchOfAutocommitDoesNotCommit() throws Exception {
        SimulatedServer server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
        Script script = new MySqlSplitter()
                .split("BEGIN; INSERT INTO a VALUES (1); SET autocommit = 1; INSERT INTO a VALUES (2); ROLLBACK");

        server.session(script).run();

        assertThat(server.effects()).isEmpty();
        assertThat(server.recorded(script)).isEqualTo(5);
    }

    @Test
    void aMendedScriptDoesNotPassOverACallThatWasInterruptedFirst() throws Exception {
        SimulatedServer server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
        Script script = new MySqlSplitter().split("CALL commits(); SELECT 1");
        for (int calls = 0; server.effects().isEmpty() || server.recorded(script) > 0; calls++) {
            server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
            server.dieAfter(calls);
            survives(server, script);
        }
        server.dieAfter(1_000);
        SimulatedServer.Session mended = server.session(new MySqlSplitter().split("CALL commits() ; SELECT 2"));

        assertThatThrownBy(mended::run).isInstanceOf(FailedStatementException.class);

        assertThat(server.effects()).hasSize(1);
    }

    @Test
    void doesNotPartAStatementFromTheIdItTakes() throws Exception {
        Script script = new MySqlSplitter()
                .split("INSERT INTO a VALUES (1); SET @id = LAST_INSERT_ID(); INSERT INTO b VALUES (2);"
                        + " INSERT INTO b VALUES (@id)");
        for (int calls = 0; calls < 60; calls++) {
            SimulatedServer server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
            server.dieAfter(calls);
            if (!survives(server, script)) {
                server.dieAfter(1_000);
                server.session(script).run();
            }
            assertThat(server.effects()).isEqualTo(effects(script));
        }
    }

    @Test
    void refusesToGoOnWithoutTheIdThatAStatementTakes() throws Exception {
        Script script = new MySqlSplitter()
                .split("INSERT INTO a VALUES (1); SET @id = LAST_INSERT_ID();\nCREATE TABLE b (i int);\n"
                        + "INSERT INTO b VALUES (@id)");
        SimulatedServer server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
        for (int calls = 0; server.recorded(script) < 3; calls++) {
            server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
            server.dieAfter(calls);
            survives(server, script);
        }
        server.dieAfter(1_000);
        SimulatedServer.Session next = server.session(script);

        assertThatThrownBy(next::run).hasMessageContaining("@id").hasMessageContaining("statement 4 in line 3");
    }

    @Test
    void refusesATransactionThatNeverEnds() throws Exception {
        Script script = new MySqlSplitter().split("INSERT INTO a VALUES (1);\nBEGIN;\nINSERT INTO a VALUES (2);");
        SimulatedServer server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);

        assertThatThrownBy(() -> server.session(script).run()).hasMessageContaining("line 2");
    }

    @Test
    void aMendedScriptGoesOnWhereTheOtherStopped() throws Exception {
        SimulatedServer server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
        SimulatedServer.Session first =
                server.session(new MySqlSplitter().split("CREATE TABLE a (i int); CREATE TABLE a (i int); SELECT 1"));
        assertThatThrownBy(first::run).hasMessage("exists");

        Script mended = new MySqlSplitter().split("CREATE TABLE a (i int); CREATE TABLE b (i int); SELECT 1; SELECT 2");
        server.session(mended).run();

        assertThat(server.effects()).isEqualTo(effects(mended));
    }

    @Test
    void refusesAMendedScriptThatBeginsOtherwise() throws Exception {
        SimulatedServer server = new SimulatedServer(Ddl.COMMITS_WHAT_IS_OPEN);
        SimulatedServer.Session first =
                server.session(new MySqlSplitter().split("CREATE TABLE a (i int); CREATE TABLE a (i int); SELECT 1"));
        assertThatThrownBy(first::run).hasMessage("exists");

        SimulatedServer.Session mended = server.session(new MySqlSplitter().split("\n\nCREATE TABLE b (i int)"));

        assertThatThrownBy(mended::run).hasMessageContaining("statement 1 in line 3");
    }

    /** @return how many deaths there were */
    private static int diesEverywhere(Ddl ddl, Script script) throws Exception {
        for (int deaths = 0; ; deaths++) {
            SimulatedServer server = new SimulatedServer(ddl);
            server.dieAfter(deaths);
            boolean survived = survives(server, script);
            if (!survived) {
                server.dieAfter(Integer.MAX_VALUE);
                server.session(script).run();
            }
            assertThat(server.effects())
                    .as("dead after " + deaths + " half calls")
                    .isEqualTo(effects(script));
            assertThat(server.recorded(script)).isEqualTo(script.size());
            if (survived) {
                return deaths;
            }
        }
    }

    private static boolean survives(SimulatedServer server, Script script) throws Exception {
        try {
            server.session(script).run();
            return true;
        } catch (Death e) {
            return false;
        }
    }

    private static List<String> effects(Script script) {
        return Statements.of(script).stream()
                .filter(statement -> EFFECTIVE.contains(statement.kind()))
                .map(ScriptStatement::text)
                .toList();
    }
}
