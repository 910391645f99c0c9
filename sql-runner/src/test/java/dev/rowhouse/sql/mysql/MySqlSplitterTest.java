package dev.rowhouse.sql.mysql;

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

class MySqlSplitterTest {
    private final MySqlSplitter splitter = new MySqlSplitter();

    private List<ScriptStatement> split(String script) throws UnreadableScriptException {
        return Statements.of(splitter.split(script));
    }

    private List<String> texts(String script) throws UnreadableScriptException {
        return split(script).stream().map(ScriptStatement::text).toList();
    }

    @Test
    void numbersStatementsFromOneAndTellsTheirLines() throws Exception {
        List<ScriptStatement> statements =
                split("-- first\n\nCREATE TABLE a (i int);\r\n/* b */ CREATE TABLE b\n(i int);\n# c\nSELECT 1");

        assertThat(statements).extracting(ScriptStatement::index).containsExactly(1, 2, 3);
        assertThat(statements).extracting(ScriptStatement::line).containsExactly(3, 4, 7);
        assertThat(statements).extracting(ScriptStatement::text).first().isEqualTo("CREATE TABLE a (i int)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "   \n", "-- nothing\n", "--nothing\n", "# nothing", "/* ; */", ";;;", "DELIMITER //\n//\n//"
            })
    void findsNoStatementWhereThereIsNone(String script) throws Exception {
        assertThat(split(script)).isEmpty();
    }

    @Test
    void passesOverAByteOrderMarkWithoutShiftingAnything() throws Exception {
        Script marked = splitter.split("\uFEFFSELECT 1;\nSELECT 2;");

        assertThat(Statements.of(marked)).isEqualTo(Statements.of(splitter.split("SELECT 1;\nSELECT 2;")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ';'",
                "SELECT 'it''s;'",
                "SELECT 'it\\'s;'",
                "SELECT \"it\\\"s;\"",
                "SELECT `a;``b` FROM `c'd`",
                "SELECT 'C:\\\\'",
                "SELECT 5--1",
                "SELECT 5--1+';'",
                "SELECT 1 -- ;\n + 1",
                "SELECT 1 --\t; '\n + 1",
                "SELECT 1 # ; '\n + 1",
                "SELECT 1 /* ; ' */ + 1",
                "SELECT 1 /* ; /* ; */ + 1",
                "SELECT /*+ MAX_EXECUTION_TIME(1) */ 1",
                "SELECT '${not_a_placeholder}'",
                "(SELECT 1) UNION (SELECT 2)",
                "SELECT 1)",
                "INSERT INTO t VALUES (1, 'a)', \"b)\", 'c\\')', x'29', `d)`, /* ) */ 2 -- )\n, 5--1)",
                "INSERT INTO t (`key`) VALUES ('/*!50000 '), ('*/')",
                "SELECT delimiter FROM t",
                "SELECT source FROM t WHERE status = 1",
                "SELECT @end, @begin FROM t",
                "SELECT CASE a WHEN 1 THEN 2 END FROM t",
                "SELECT \\N",
                "/*!40101 SET NAMES utf8mb4 */",
                "/*!50001 CREATE ALGORITHM=UNDEFINED */\n/*!50013 DEFINER=`a`@`b` */\n/*!50001 VIEW `v` AS SELECT ';' */",
                "/*M!100616 SET NOTE_VERBOSITY=0 */",
                "/*! SET @a = 1 */",
                "/*!50003 SELECT '*/;' /* ; */ */",
                "CREATE TABLE t (a int /*!80023 INVISIBLE */, b int)",
            })
    void keepsWhatEndsNothing(String statement) throws Exception {
        assertThat(texts("SELECT 0; " + statement + ";\nSELECT 2;")).containsExactly("SELECT 0", statement, "SELECT 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END",
                "CREATE DEFINER=`a`@`%` PROCEDURE p() BEGIN SELECT 1; BEGIN SELECT 2; END; END",
                "create definer=current_user() procedure p() begin select 1; end",
                "CREATE DEFINER='a'@'b' TRIGGER t BEFORE INSERT ON x FOR EACH ROW BEGIN SET NEW.a = 1; END",
                "CREATE OR REPLACE PROCEDURE p() BEGIN SELECT 1; END",
                "CREATE FUNCTION f(a int) RETURNS int DETERMINISTIC BEGIN"
                        + " IF a THEN RETURN CASE a WHEN 1 THEN 2 ELSE 3 END; END IF;"
                        + " CASE a WHEN 1 THEN SET a = 2; ELSE BEGIN END; END CASE;"
                        + " l: LOOP SET a = IF(a, 1, 2); LEAVE l; END LOOP l;"
                        + " WHILE a DO SET @end = 1; END WHILE; REPEAT SET a = 1; UNTIL a END REPEAT;"
                        + " RETURN a; END",
                "CREATE PROCEDURE p() BEGIN SELECT start, end, CASE `t`.end WHEN t.end THEN @end END FROM t; l: BEGIN END l; END",
                "CREATE EVENT e ON SCHEDULE EVERY 1 DAY ENDS '2030-01-01' DO BEGIN DELETE FROM t; END",
                "ALTER EVENT e DO BEGIN DELETE FROM t; END",
                "/*!50003 CREATE*/ /*!50017 DEFINER=`r`@`l`*/ /*!50003 TRIGGER `t` BEFORE INSERT ON `x` FOR EACH ROW"
                        + " BEGIN /* ; */ IF 1 THEN SET NEW.a = '*/'; END IF; END */",
                "BEGIN NOT ATOMIC SELECT 1; SELECT 2; END",
            })
    void readsStoredProgramsWithAndWithoutADelimiterOfTheirOwn(String program) throws Exception {
        assertThat(texts(program + ";\nSELECT 1;")).containsExactly(program, "SELECT 1");
        assertThat(texts("DELIMITER //\n" + program + "//\nSELECT 1//\nDELIMITER ;\nSELECT 2;"))
                .containsExactly(program, "SELECT 1", "SELECT 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "$$", ";;", "|", "@@", "$$END_OF_IT$$", "go"})
    void takesAnyDelimiter(String delimiter) throws Exception {
        String script = "DELIMITER " + delimiter + " \r\nCREATE PROCEDURE p()\nBEGIN\n SELECT (1; SELECT CASE;\nEND"
                + delimiter + "\nSELECT 2" + delimiter;

        assertThat(texts(script))
                .containsExactly("CREATE PROCEDURE p()\nBEGIN\n SELECT (1; SELECT CASE;\nEND", "SELECT 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delimiter '//'", "DELIMITER // -- a comment", "SELECT 1; DELIMITER //"})
    void readsADelimiterAsTheClientDoes(String line) throws Exception {
        assertThat(texts(line + "\nSELECT 2//\nDELIMITER ;")).endsWith("SELECT 2");
    }

    @Test
    void cutsWhatStandsBetweenTwoDelimitersAsTheServerDoes() throws Exception {
        String script = """
                DELIMITER //
                DROP PROCEDURE IF EXISTS p; DROP PROCEDURE IF EXISTS q;
                CREATE PROCEDURE p() BEGIN SELECT 1; IF 1 THEN SELECT 2; END IF; END;
                CREATE PROCEDURE q() IF 1 THEN SELECT (2); END IF//
                CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW SET NEW.a = 1; //
                IF 1 THEN SELECT 1; END IF//
                SELECT 1;
                //
                DELIMITER ;
                SELECT 2;""";

        assertThat(texts(script))
                .containsExactly(
                        "DROP PROCEDURE IF EXISTS p",
                        "DROP PROCEDURE IF EXISTS q",
                        "CREATE PROCEDURE p() BEGIN SELECT 1; IF 1 THEN SELECT 2; END IF; END",
                        "CREATE PROCEDURE q() IF 1 THEN SELECT (2); END IF",
                        "CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW SET NEW.a = 1;",
                        "IF 1 THEN SELECT 1; END IF",
                        "SELECT 1",
                        "SELECT 2");
    }

    @Test
    void takesADelimiterAtTheEndOfTheScript() throws Exception {
        assertThat(texts("DELIMITER $$\nSELECT 1$$\nDELIMITER ;")).containsExactly("SELECT 1");
    }

    @Test
    void refusesADelimiterThatIsNone() {
        assertThatThrownBy(() -> split("SELECT 1;\nDELIMITER\nSELECT 2;"))
                .isInstanceOf(UnreadableScriptException.class)
                .hasMessageContaining("line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"USE a", "use `a`  \r", "USE\ta\t", "USE a;", "USE a ; "})
    void needsNoDelimiterAfterAUseThatIsAloneInItsLine(String use) throws Exception {
        assertThat(texts("SELECT 0;\n" + use + "\n\nSELECT 1;"))
                .hasSize(3)
                .last()
                .isEqualTo("SELECT 1");
        assertThat(texts("SELECT 0;\n" + use)).hasSize(2);
    }

    @Test
    void passesOverTheSandboxModeOfADump() throws Exception {
        assertThat(texts("/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19\nSET NAMES utf8;"))
                .containsExactly("SET NAMES utf8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "source secret.sql",
                "\\. secret.sql",
                "system rm secret",
                "\\! rm secret",
                "SELECT secret\\G",
                "SELECT secret\\g",
                "SELECT (secret \\G",
                "tee secret",
                "PAGER less",
                "connect secret",
                "\\u secret",
                "quit",
                "exit;",
                "GO",
            })
    void refusesTheClientsOtherCommandsByLine(String line) {
        assertThatThrownBy(() -> split("SELECT 1;\n" + line + "\n"))
                .isInstanceOfSatisfying(
                        UnreadableScriptException.class,
                        e -> assertThat(e.line()).isEqualTo(2))
                .hasMessageContaining("Line 2 holds the mysql command")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'secret",
                "SELECT 'secret\\'",
                "SELECT \"secret",
                "SELECT `secret",
                "SELECT (secret",
                "SELECT 1 /* secret",
                "/*!50003 SELECT secret",
                "CREATE PROCEDURE secret() BEGIN SELECT 1",
                "/* secret",
            })
    void refusesWhatIsOpenAtTheEnd(String statement) {
        assertThatThrownBy(() -> split("SELECT 1;\n\n" + statement + ";\nSELECT 3;\n"))
                .isInstanceOfSatisfying(
                        UnreadableScriptException.class,
                        e -> assertThat(e.line()).isEqualTo(3))
                .hasMessageContaining("line 3")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "INSERT INTO t VALUES (1) | TRANSACTIONAL",
                "replace into t values (1) | TRANSACTIONAL",
                "WITH a AS (SELECT 1) SELECT * FROM a | TRANSACTIONAL",
                "(SELECT 1) UNION (SELECT 2) | TRANSACTIONAL",
                "LOAD DATA INFILE 'x' INTO TABLE t | TRANSACTIONAL",
                "ROLLBACK TO a | TRANSACTIONAL",
                "ROLLBACK WORK TO SAVEPOINT a | TRANSACTIONAL",
                "CREATE TABLE t (i int) | COMMITS",
                "CREATE TABLE temporary_ (i int) | COMMITS",
                "/*!40000 ALTER TABLE `t` DISABLE KEYS */ | COMMITS",
                "/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER t BEFORE INSERT ON x FOR EACH ROW SET @a=1*/ | COMMITS",
                "CREATE/**/DATABASE x | COMMITS",
                "TRUNCATE t | COMMITS",
                "GRANT ALL ON *.* TO a | COMMITS",
                "ANALYZE TABLE t | COMMITS",
                "FLUSH PRIVILEGES | COMMITS",
                "SET GLOBAL a = 1 | COMMITS",
                "SET @@GLOBAL.GTID_PURGED=/*!80000 '+'*/ 'a:1-5' | COMMITS",
                "SET PERSIST a = 1 | COMMITS",
                "SET a = 1, GLOBAL b = 2 | COMMITS",
                "SET PASSWORD = 'x' | COMMITS",
                "SET DEFAULT ROLE a TO b | COMMITS",
                "CALL p() | OPAQUE",
                "EXECUTE s | OPAQUE",
                "BEGIN NOT ATOMIC SELECT 1; END | OPAQUE",
                "SOMETHING new | OPAQUE",
                "USE x | SESSION",
                "SET NAMES utf8mb4 | SESSION",
                "SET ROLE a | SESSION",
                "SET @password = 1, @global = 2, @autocommit = 0 | SESSION",
                "SET @OLD_AUTOCOMMIT = @@autocommit | SESSION",
                "SET @a = ', autocommit=0' | SESSION",
                "SET @a = f(1, autocommit = 0) | SESSION",
                "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED | SESSION",
                "/*!40101 SET @saved_cs_client = @@character_set_client */ | SESSION",
                "/*M!100616 SET @OLD_NOTE_VERBOSITY=@@NOTE_VERBOSITY, NOTE_VERBOSITY=0 */ | SESSION",
                "CREATE TEMPORARY TABLE t (i int) | SESSION",
                "CREATE OR REPLACE TEMPORARY TABLE t (i int) | SESSION",
                "DROP TEMPORARY TABLE t | SESSION",
                "PREPARE s FROM 'SELECT 1' | SESSION",
                "DEALLOCATE PREPARE s | SESSION",
                "DROP PREPARE s | SESSION",
                "BEGIN | BEGIN",
                "start transaction with consistent snapshot | BEGIN",
                "COMMIT | COMMIT",
                "COMMIT AND CHAIN NO RELEASE | COMMIT",
                "ROLLBACK | ROLLBACK",
                "SET autocommit=0 | AUTOCOMMIT_OFF",
                "set AutoCommit := OFF | AUTOCOMMIT_OFF",
                "SET @@session.autocommit = 0 | AUTOCOMMIT_OFF",
                "SET SESSION autocommit = 'off' | AUTOCOMMIT_OFF",
                "SET `autocommit` = FALSE | AUTOCOMMIT_OFF",
                "/*!40101 SET @a=@@AUTOCOMMIT, AUTOCOMMIT=0 */ | AUTOCOMMIT_OFF",
                "SET NAMES utf8, autocommit = 0 | AUTOCOMMIT_OFF",
                "SET autocommit=1 | AUTOCOMMIT_ON",
                "SET AUTOCOMMIT=@OLD_AUTOCOMMIT | AUTOCOMMIT_ON",
                "/*!40101 SET AUTOCOMMIT = /* as it was */ @OLD_AUTOCOMMIT, @b = 0 */ | AUTOCOMMIT_ON",
                "SET GLOBAL autocommit = 0 | COMMITS",
                "SET STATEMENT max_statement_time = 0 FOR CREATE TABLE t (i int) | COMMITS",
                "SET STATEMENT max_statement_time = 0 FOR SELECT 1 | TRANSACTIONAL",
                "LOCK TABLES `t` WRITE | PASSED_OVER",
                "UNLOCK TABLES | PASSED_OVER",
                "FLUSH TABLES WITH READ LOCK | PASSED_OVER",
                "/*!50000 */ | PASSED_OVER",
                "/*!50000 /* nothing */ */ | PASSED_OVER",
            })
    void tellsHowAStatementGetsOnWithATransaction(String statement, Kind kind) throws Exception {
        assertThat(split(statement)).extracting(ScriptStatement::kind).containsExactly(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XA START 'secret'", "COMMIT RELEASE", "ROLLBACK WORK AND NO CHAIN RELEASE"})
    void refusesWhatCannotBeResumed(String statement) {
        assertThatThrownBy(() -> split("SELECT 1;\n" + statement + ";"))
                .isInstanceOf(UnreadableScriptException.class)
                .hasMessageContaining("Line 2 holds")
                .hasMessageNotContaining("secret");
    }

    @Test
    void splitsTwentyThousandStatements() throws Exception {
        String script = IntStream.rangeClosed(1, 20_000)
                .mapToObj(i -> i % 2 == 0
                        ? "INSERT INTO t VALUES (" + i + ", 'text; with \\'quotes\\'');"
                        : "CREATE TABLE t" + i + " (i int); -- one more")
                .collect(Collectors.joining("\n"));

        Script split = splitter.split(script);

        assertThat(split.size()).isEqualTo(20_000);
        assertThat(IntStream.rangeClosed(1, 20_000))
                .allMatch(i -> split.lineOf(i) == i)
                .allMatch(i -> split.kindOf(i) == (i % 2 == 0 ? Kind.TRANSACTIONAL : Kind.COMMITS));
    }
}
