package dev.rowhouse.sql.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.sql.mysql.MySqlSplitter;
import dev.rowhouse.sql.postgres.PostgresSplitter;
import dev.rowhouse.sql.script.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a script cannot be parted, and what of a session is made again. */
class SessionValuesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INSERT INTO a VALUES (1); SET @i = LAST_INSERT_ID(); INSERT INTO b VALUES (@i)                     | 2 | 3
            INSERT INTO a VALUES (1); UPDATE c SET i = 1; INSERT INTO b VALUES (LAST_INSERT_ID())              | 2 | 3
            INSERT INTO a VALUES (1); INSERT INTO log VALUES (1); INSERT INTO b VALUES (LAST_INSERT_ID())      | 2 | 3
            SELECT MAX(i) INTO @m FROM a; CREATE TABLE b (i INT); INSERT INTO b VALUES (@m)                    | 2 | 3
            SELECT @m := MAX(i) FROM a; CREATE TABLE b (i INT); INSERT INTO b VALUES (@m)                      | 2 | 3
            SET @t = CURRENT_TIMESTAMP; CREATE TABLE b (i INT); INSERT INTO b VALUES (@t)                      | 2 | 3
            SELECT @@sql_mode INTO @m; SET sql_mode = @m; CREATE TABLE b (i INT); SELECT 1                     | 2 | 4
            CREATE TEMPORARY TABLE t (i INT); INSERT INTO t VALUES (1); CREATE TABLE b AS SELECT * FROM t      | 3 | 3
            CREATE TEMPORARY TABLE t (i INT); CALL fill(); CREATE TABLE b (i INT); INSERT INTO b SELECT * FROM t | 3 | 4
            CALL f(); CREATE TABLE b (i INT); INSERT INTO b VALUES (@x)                                        | 2 | 3
            CALL f(@out); CREATE TABLE b (i INT); INSERT INTO b VALUES (@out)                                  | 2 | 3
            UPDATE a SET i = 1; SELECT ROW_COUNT(); SELECT 2                                                   | 2 | 2
            UPDATE q SET i = LAST_INSERT_ID(i + 1); CREATE TABLE b (i INT); INSERT INTO x VALUES (LAST_INSERT_ID()) | 2 | 3
            """)
    void cannotBePartedBefore(String sql, int from, int to) throws Exception {
        Script script = new MySqlSplitter().split(sql);
        SessionValues values = SessionValues.of(script);

        for (int i = 1; i <= script.size(); i++) {
            assertThat(values.lostBefore(i).isPresent()).as("before " + i).isEqualTo(i >= from && i <= to);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SET @OLD = @@SQL_MODE, SQL_MODE = 'ANSI'; CREATE TABLE t (i INT); SET SQL_MODE = @OLD; SELECT 1
            SET @s = 'SELECT 1'; PREPARE p FROM @s; EXECUTE p; DEALLOCATE PREPARE p; CREATE TABLE t (i INT); SELECT 1
            CREATE TEMPORARY TABLE t AS SELECT 1; DROP TEMPORARY TABLE t; CREATE TABLE b (i INT); SELECT 1
            CREATE TEMPORARY TABLE a (i INT); CREATE TEMPORARY TABLE b AS SELECT 1; DROP TEMPORARY TABLE a, b; SELECT 1
            CALL f(); CREATE TABLE b (i INT); INSERT INTO a VALUES ('bob@example.com'); CREATE DEFINER=`a`@`b` VIEW v AS SELECT 1
            SET NAMES utf8mb4; USE x; INSERT INTO a VALUES ('a@example.com := @b'); CREATE TABLE b (i INT); SELECT 1
            """)
    void canBePartedAtTheEnd(String sql) throws Exception {
        Script script = new MySqlSplitter().split(sql);

        assertThat(SessionValues.of(script).lostBefore(script.size())).isEmpty();
    }

    @Test
    void doesNotMakeAgainWhatIsGone() throws Exception {
        SessionValues values = SessionValues.of(new MySqlSplitter()
                .split("CREATE TEMPORARY TABLE t (i INT); PREPARE p FROM 'SELECT 1'; DROP TABLE t, u;"
                        + " DEALLOCATE PREPARE p; SELECT 1"));

        assertThat(values.isToBeRepeated(1, 2)).isTrue();
        assertThat(values.isToBeRepeated(1, 3)).isFalse();
        assertThat(values.isToBeRepeated(2, 3)).isTrue();
        assertThat(values.isToBeRepeated(2, 4)).isFalse();
        assertThat(values.isToBeRepeated(4, 4)).isFalse();
    }

    @Test
    void makesAgainWhatResetsTheSession() throws Exception {
        SessionValues values = SessionValues.of(new PostgresSplitter()
                .split("SET ROLE app; RESET ROLE; SELECT pg_catalog.set_config('search_path', '', false); VACUUM"));

        assertThat(values.isToBeRepeated(1, 3)).isTrue();
        assertThat(values.isToBeRepeated(2, 3)).isTrue();
        assertThat(values.isToBeRepeated(3, 3)).isTrue();
    }

    @Test
    void makesSettingsAgainThatStandBesideAValueOfData() throws Exception {
        SessionValues values = SessionValues.of(
                new MySqlSplitter().split("SET @start = NOW(), foreign_key_checks = 0; SELECT @start"));

        assertThat(values.isToBeRepeated(1, 1)).isTrue();
        assertThat(values.lostBefore(2)).isPresent();
    }

    @Test
    void makesAgainWhatDoesNotDependOnTheData() throws Exception {
        SessionValues values = SessionValues.of(new MySqlSplitter()
                .split("SET @a = 1, @b = 'x'; SET NAMES utf8mb4; SET @c = @a; SET @d = (SELECT 1); SELECT 1"));

        assertThat(values.isToBeRepeated(1, 4)).isTrue();
        assertThat(values.isToBeRepeated(2, 4)).isTrue();
        assertThat(values.isToBeRepeated(3, 4)).isTrue();
        assertThat(values.isToBeRepeated(4, 4)).isFalse();
    }
}
