package dev.rowhouse.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES ('secret')",
                "INSERT INTO t VALUES ('it''s secret')",
                "INSERT INTO t VALUES (E'it\\'s secret')",
                "INSERT INTO t VALUES (e'it\\'s secret')",
                "INSERT INTO t VALUES ($$secret$$)",
                "INSERT INTO t VALUES ($tag$ $$ secret $tag$)",
                "INSERT INTO t VALUES ('secret",
                "INSERT INTO t VALUES ($$secret",
                "INSERT INTO t -- secret\nVALUES (1)",
                "INSERT INTO t /* a /* secret */ secret */ VALUES (1)",
                "INSERT INTO t VALUES ('\n\tsecret\n')",
            })
    void hidesLiteralsAndComments(String statement) {
        assertThat(PostgresText.excerpt(statement)).doesNotContain("secret").startsWith("INSERT INTO t");
    }

    @Test
    void showsNamesNumbersAndParameters() {
        assertThat(PostgresText.excerpt("SELECT \"a'b\", $1, 42, foo$bar FROM t WHERE x = 'y' AND z = 7"))
                .isEqualTo("SELECT \"a'b\", $1, 42, foo$bar FROM t WHERE x = '…' AND z = 7");
    }

    @Test
    void putsAStatementOnOneLine() {
        assertThat(PostgresText.excerpt("SELECT\r\n\t1,\u0007 2")).isEqualTo("SELECT 1, 2");
    }

    @Test
    void showsTwoHundredCharactersAtMost() {
        assertThat(PostgresText.excerpt("SELECT " + "1, ".repeat(1_000_000))).hasSize(200);
    }

    @Test
    void keepsTheNamesInAMessage() {
        assertThat(PostgresText.message("relation \"customers\" does not exist", "42P01"))
                .isEqualTo("relation \"customers\" does not exist");
    }

    @Test
    void hidesTheValuesInAMessageAboutData() {
        assertThat(PostgresText.message("invalid input syntax for type integer: \"secret\"", "22P02"))
                .isEqualTo("invalid input syntax for type integer: \"…\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "syntax error at or near \"'secret'\"",
                "unterminated quoted string at or near \"'secret",
                "unterminated quoted string at or near \"'secret\nmore secret\"",
                "bad value 'secret' in column",
            })
    void hidesLiteralsInAnyMessage(String message) {
        assertThat(PostgresText.message(message, "42601")).doesNotContain("secret");
    }

    @Test
    void readsAnApostropheInAWordAsSuch() {
        assertThat(PostgresText.message("can't do that to a table's column", "0A000"))
                .isEqualTo("can't do that to a table's column");
    }

    @Test
    void takesControlCharactersOutOfAMessage() {
        assertThat(PostgresText.message("a\u001b[31mb\n", "XX000")).isEqualTo("a [31mb");
    }
}
