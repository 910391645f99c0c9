package dev.rowhouse.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES ('secret')",
                "INSERT INTO t VALUES (\"secret\")",
                "INSERT INTO t VALUES ('it''s secret')",
                "INSERT INTO t VALUES (\"a \"\"secret\"\"\")",
                "INSERT INTO t VALUES ('it\\'s secret')",
                "INSERT INTO t VALUES ('\\\\', 'secret')",
                "INSERT INTO t VALUES ('a\\', 'secret')",
                "INSERT INTO t VALUES ('a\\', secret, 'b\\', 'c')",
                "INSERT INTO t VALUES ('a\\\\\\', 'secret')",
                "INSERT INTO t VALUES (N'secret', _utf8mb4'secret', x'secret')",
                "INSERT INTO t VALUES ('secret",
                "INSERT INTO t VALUES (\"secret",
                "INSERT INTO t -- secret\nVALUES (1)",
                "INSERT INTO t --\tsecret\nVALUES (1)",
                "INSERT INTO t # secret\nVALUES (1)",
                "INSERT INTO t /* 'secret */ VALUES (1)",
                "INSERT INTO t /*+ secret */ VALUES (1)",
                "INSERT INTO t /*! VALUES ('secret') */",
                "INSERT INTO t /*M!100100 VALUES ('secret') */",
                "INSERT INTO t /* secret",
                "INSERT INTO t VALUES ('\n\tsecret\n')",
                "INSERT INTO t VALUES (`a'`, 'secret')",
            })
    void hidesLiteralsAndComments(String statement) {
        assertThat(MySqlText.excerpt(statement)).doesNotContain("secret").startsWith("INSERT INTO t");
    }

    @ParameterizedTest
    @CsvSource({
        "VALUES (0x736563), VALUES (0x…)",
        "VALUES (0b0110), VALUES (0b…)",
        "VALUES (X'736563'), VALUES (X'…')",
        "SELECT a0x73 FROM t0b1, SELECT a0x73 FROM t0b1",
    })
    void hidesStringsInOtherForms(String statement, String shown) {
        assertThat(MySqlText.excerpt(statement)).isEqualTo(shown);
    }

    @Test
    void showsNamesNumbersAndWhatIsExecuted() {
        assertThat(MySqlText.excerpt("SELECT `a'b`, 5--1, @x, 42 FROM t /*!50001 WHERE x = 'y' */ AND z = 7"))
                .isEqualTo("SELECT `a'b`, 5--1, @x, 42 FROM t /*!50001 WHERE x = '…' */ AND z = 7");
    }

    @Test
    void putsAStatementOnOneLine() {
        assertThat(MySqlText.excerpt("SELECT\r\n\t1,\u0007 2")).isEqualTo("SELECT 1, 2");
    }

    @Test
    void showsTwoHundredCharactersAtMost() {
        assertThat(MySqlText.excerpt("SELECT " + "1, ".repeat(1_000_000))).hasSize(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            1146 | Table 'app.customers' doesn't exist
            1054 | Unknown column 'name' in 'field list'
            1091 | Can't DROP 'x'; check that column/key exists
            1273 | Unknown collation: 'utf8mb4_0900_ai_ci'
            1449 | The user specified as a definer ('root'@'localhost') does not exist
            1227 | Access denied; you need (at least one of) the SUPER privilege(s) for this operation
            1452 | Cannot add or update a child row: a foreign key constraint fails (`app`.`t`, CONSTRAINT `c`)
            """)
    void keepsTheNamesInAMessage(int errorCode, String message) {
        assertThat(MySqlText.message(message, errorCode)).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            1062 | Duplicate entry 'secret' for key 't.PRIMARY'          | Duplicate entry '…' for key 't.PRIMARY'
            1062 | Duplicate entry 'its 'secret' x' for key 't.PRIMARY'  | Duplicate entry '…' for key 't.PRIMARY'
            1062 | Duplicate entry 'a' for key 'secret' for key 'k'      | Duplicate entry '…' for key 'k'
            1366 | Incorrect integer value: 'secret' for column 'n' at row 1 | Incorrect integer value: '…' for column 'n' at row 1
            1366 | Incorrect integer value: 'it's secret' for column `a`.`t`.`n` at row 1 | Incorrect integer value: '…' for column `a`.`t`.`n` at row 1
            1292 | Data truncation: Incorrect date value: 'secret' for column 'd' at row 1 | Data truncation: Incorrect date value: '…' for column 'd' at row 1
            1292 | Truncated incorrect DOUBLE value: 'secret'            | Truncated incorrect DOUBLE value: '…'
            1064 | You have an error in your SQL syntax; check the manual for the right syntax to use near ''it's secret'' at line 3 | You have an error in your SQL syntax; check the manual for the right syntax to use near '…' at line 3
            1411 | Incorrect datetime value: 'secret' for function str_to_date | Incorrect datetime value: '…' for function str_to_date
            1231 | Variable 'sql_mode' can't be set to the value of 'secret' | Variable '…'
            3140 | Invalid JSON text: "secret" at position 1 in value for column 't.j'. | Invalid JSON text: '…'.
            1644 | no "secret" for 'secret' here                         | no '…' here
            9999 | broken 'secret                                        | broken '…'
            9999 | can't do that to a table's column                     | can't do that to a table's column
            """)
    void hidesTheValuesInAMessage(int errorCode, String message, String shown) {
        assertThat(MySqlText.message(message, errorCode)).isEqualTo(shown);
    }

    /** A server cuts messages at 512 bytes, and then a quote within a value may be the last one. */
    @Test
    void hidesTheRestOfAMessageThatWasCutOff() {
        assertThat(MySqlText.message("Bad value 'x' " + "secret ".repeat(75), 9999))
                .isEqualTo("Bad value '…'");
    }

    @Test
    void takesControlCharactersOutOfAMessage() {
        assertThat(MySqlText.message("a\u001b[31mb\n", 9999)).isEqualTo("a [31mb");
    }
}
