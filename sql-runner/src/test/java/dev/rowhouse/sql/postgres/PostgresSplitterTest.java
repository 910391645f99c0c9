package dev.rowhouse.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sql.script.Kind;
import dev.rowhouse.sql.script.Script;
import dev.rowhouse.sql.script.ScriptStatement;
import dev.rowhouse.sql.script.Statements;
import dev.rowhouse.sql.script.UnreadableScriptException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresSplitterTest {
    private final PostgresSplitter splitter = new PostgresSplitter();

    private List<ScriptStatement> split(String script) throws UnreadableScriptException {
        return Statements.of(splitter.split(script));
    }

    private List<String> texts(String script) throws UnreadableScriptException {
        return split(script).stream().map(ScriptStatement::text).toList();
    }

    @Test
    void numbersStatementsFromOneAndTellsTheirLines() throws Exception {
        List<ScriptStatement> statements =
                split("-- first\n\nCREATE TABLE a (i int);\n/* b */ CREATE TABLE b\n(i int);");

        assertThat(statements).extracting(ScriptStatement::index).containsExactly(1, 2);
        assertThat(statements).extracting(ScriptStatement::line).containsExactly(3, 4);
        assertThat(statements).extracting(ScriptStatement::text).first().isEqualTo("CREATE TABLE a (i int)");
    }

    @Test
    void takesALastStatementWithoutSemicolon() throws Exception {
        assertThat(texts("SELECT 1;\nSELECT 2")).containsExactly("SELECT 1", "SELECT 2");
    }

    @Test
    void stripsAByteOrderMark() throws Exception {
        assertThat(texts("\uFEFFSELECT 1;")).containsExactly("SELECT 1");
    }

    @Test
    void readsCarriageReturnsAsLineEnds() throws Exception {
        List<ScriptStatement> statements = split("SELECT 1;\r\n-- x\r\nSELECT 2;\r\n");

        assertThat(statements).extracting(ScriptStatement::text).containsExactly("SELECT 1", "SELECT 2");
        assertThat(statements).extracting(ScriptStatement::line).containsExactly(1, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   \n", "-- nothing\n", "/* ; */", ";;;"})
    void findsNoStatementWhereThereIsNone(String script) throws Exception {
        assertThat(split(script)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ';'",
                "SELECT 'it''s;'",
                "SELECT E'it\\'s;'",
                "SELECT e'it\\'s;'",
                "SELECT u&'d\\0061t;'",
                "SELECT \"a;b\"",
                "SELECT $$ ; $$",
                "SELECT $a$ ; $$ ; $a$",
                "SELECT 1 -- ;\n + 1",
                "SELECT 1 /* ; /* ; */ ; */ + 1",
                "DO $do$ BEGIN PERFORM 1; END $do$",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 ELSE 2 END; END",
                "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)",
                "SELECT '${not_a_placeholder}'",
                "SELECT 'C:\\'",
            })
    void keepsSemicolonsThatEndNothing(String statement) throws Exception {
        assertThat(texts(statement + ";\nSELECT 2;")).containsExactly(statement, "SELECT 2");
    }

    @Test
    void doesNotTakeAParameterForADollarQuote() throws Exception {
        assertThat(texts("PREPARE p AS SELECT $1;\nEXECUTE p('a');\nPREPARE q AS SELECT $1, $2;"))
                .containsExactly("PREPARE p AS SELECT $1", "EXECUTE p('a')", "PREPARE q AS SELECT $1, $2");
    }

    @Test
    void keepsTheRowsOfACopyWithIt() throws Exception {
        List<ScriptStatement> statements =
                split("-- data\nCOPY public.t (a, b) FROM stdin;\n1\ta;b\n2\t\\N\n\\.\n\nSELECT 1;");

        assertThat(statements)
                .extracting(ScriptStatement::text)
                .containsExactly("COPY public.t (a, b) FROM stdin", "SELECT 1");
        assertThat(statements).extracting(ScriptStatement::line).containsExactly(2, 7);
        assertThat(statements.get(0).copyData()).contains("1\ta;b\n2\t\\N\n");
        assertThat(statements.get(1).copyData()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY t FROM STDIN;\n1\n2\n",
                "copy t from stdin with (format csv);\n1\n2\n\\.",
                "COPY \"a t\" FROM STDIN WITH CSV;\n1\n2\n\\.  \n",
                "COPY t FROM stdin;\n1\n2\n\\.\n",
            })
    void endsACopyAtTheMarkOrAtTheEndOfTheScript(String script) throws Exception {
        assertThat(split(script))
                .singleElement()
                .satisfies(copy -> assertThat(copy.copyData()).contains("1\n2\n"));
    }

    @Test
    void takesACopyWithoutRows() throws Exception {
        assertThat(split("COPY t FROM stdin;\n\\.\nSELECT 1;"))
                .hasSize(2)
                .first()
                .satisfies(copy -> assertThat(copy.copyData()).contains(""));
    }

    @Test
    void passesOverTheGuardOfADump() throws Exception {
        assertThat(
                        texts(
                                "--\n-- PostgreSQL database dump\n--\n\n\\restrict kT9x\n\nSET x = 1;\n\n\\unrestrict kT9x\n\n"))
                .containsExactly("SET x = 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1;\n\\connect other secret",
                "SELECT 1;\n\\i file.sql\n",
                "SELECT 1\n\\gexec",
                "SELECT 1\n\\restrict x",
                "SELECT 1;\n\\! rm",
            })
    void refusesOtherPsqlCommandsByLine(String script) {
        assertThatThrownBy(() -> split(script))
                .isInstanceOfSatisfying(
                        UnreadableScriptException.class,
                        e -> assertThat(e.line()).isEqualTo(2))
                .hasMessageContaining("Line 2")
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesAStatementThatNeverEndsWithoutRepeatingIt() {
        assertThatThrownBy(() -> split("SELECT 1;\nCREATE FUNCTION f() RETURNS text BEGIN ATOMIC SELECT 'secret';"))
                .isInstanceOf(UnreadableScriptException.class)
                .hasMessageContaining("in line 2")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE DATABASE x",
                "DROP DATABASE x",
                "VACUUM",
                "VACUUM FULL t",
                "ALTER SYSTEM SET a = 1",
                "CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)",
                "DROP INDEX CONCURRENTLY i",
                "REINDEX DATABASE x",
                "REINDEX TABLE CONCURRENTLY t",
                "DISCARD ALL",
                "ALTER TYPE mood ADD VALUE 'x'",
                "ALTER TABLE a.t DETACH PARTITION a.p CONCURRENTLY",
                "REINDEX (CONCURRENTLY) TABLE t",
                "create tablespace x location 'y'"
            })
    void marksWhatNoTransactionMayHold(String statement) throws Exception {
        assertThat(split(statement)).extracting(ScriptStatement::kind).containsExactly(Kind.COMMITS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BEGIN | BEGIN",
                "begin work | BEGIN",
                "START  TRANSACTION | BEGIN",
                "COMMIT | COMMIT",
                "COMMIT AND CHAIN | COMMIT",
                "END | COMMIT",
                "ROLLBACK | ROLLBACK",
                "ABORT | ROLLBACK",
                "SET search_path = a, b | SESSION",
                "SET SESSION x = 1 | SESSION",
                "SET ROLE r | SESSION",
                "SET LOCAL x = 1 | TRANSACTIONAL",
                "SET CONSTRAINTS ALL DEFERRED | TRANSACTIONAL",
                "RESET ALL | SESSION",
                "SELECT pg_catalog.set_config('search_path', '', false) | SESSION",
                "SELECT pg_catalog.set_config('search_path', '', true) | TRANSACTIONAL",
                "SELECT pg_catalog.setval('s', 3, true) | TRANSACTIONAL",
                "CREATE TEMP TABLE t (i int) | SESSION",
                "CREATE OR REPLACE TEMPORARY VIEW v AS SELECT 1 | SESSION",
                "CREATE LOCAL TEMPORARY TABLE t (i int) | SESSION",
                "PREPARE p AS SELECT 1 | SESSION",
                "DISCARD PLANS | SESSION",
                "LISTEN x | SESSION",
                "SAVEPOINT a | TRANSACTIONAL",
                "ROLLBACK TO a | TRANSACTIONAL",
                "ROLLBACK WORK TO SAVEPOINT a | TRANSACTIONAL",
                "CREATE INDEX i ON t (a) | TRANSACTIONAL",
                "REINDEX TABLE t | TRANSACTIONAL",
                "CREATE TABLE begin_it (i int) | TRANSACTIONAL",
                "CREATE TABLE temp (i int) | TRANSACTIONAL",
                "DO $$ BEGIN COMMIT; END $$ | TRANSACTIONAL",
                "/* BEGIN */ SELECT 1 | TRANSACTIONAL",
            })
    void tellsHowAStatementGetsOnWithATransaction(String statement, Kind kind) throws Exception {
        assertThat(split(statement)).extracting(ScriptStatement::kind).containsExactly(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PREPARE TRANSACTION 'x'", "COMMIT PREPARED 'x'", "ROLLBACK PREPARED 'x'"})
    void refusesPreparedTransactions(String statement) {
        assertThatThrownBy(() -> split("SELECT 1;\n" + statement + ";"))
                .isInstanceOf(UnreadableScriptException.class)
                .hasMessageContaining("Line 2 holds a prepared transaction");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT '",
                "SELECT E'\\'",
                "SELECT \"a",
                "SELECT $x$ $$",
                "SELECT (1",
                "SELECT ('a'",
                "SELECT 1 /* /* */",
            })
    void refusesWhatIsOpenAtTheEnd(String statement) {
        assertThatThrownBy(() -> split("SELECT 1;\n\n" + statement + ";\nSELECT 3;\n"))
                .isInstanceOfSatisfying(
                        UnreadableScriptException.class,
                        e -> assertThat(e.line()).isEqualTo(3))
                .hasMessageContaining("line 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(SELECT 1) UNION (SELECT 2)",
                "INSERT INTO t VALUES (1, 'a)', \"b)\", E'c\\')', $$)$$, /* ) */ 2 -- )\n)",
                "SELECT (e'a\\';', someE'a\\')",
                "SELECT 1)",
            })
    void readsOverParentheses(String statement) throws Exception {
        assertThat(texts("SELECT 0; " + statement + ";\nSELECT 2;")).containsExactly("SELECT 0", statement, "SELECT 2");
    }

    @Test
    void knowsAScriptByItsTextAndAStatementByItsTextAndRows() throws Exception {
        Script one = splitter.split("COPY t FROM stdin;\n1\n\\.\n");
        Script other = splitter.split("COPY t FROM stdin;\n2\n\\.\n");

        assertThat(one.sha256()).hasSize(64).isNotEqualTo(other.sha256());
        assertThat(Statements.of(one).get(0).checksum())
                .hasSize(64)
                .isNotEqualTo(Statements.of(other).get(0).checksum());
    }

    @Test
    void splitsTwentyThousandStatements() throws Exception {
        String script = IntStream.range(0, 20_000)
                .mapToObj(i -> "INSERT INTO t VALUES (" + i + ", 'text; with ''quotes''');")
                .collect(Collectors.joining("\n"));

        assertThat(split(script))
                .hasSize(20_000)
                .last()
                .satisfies(last -> assertThat(last.line()).isEqualTo(20_000));
    }
}
