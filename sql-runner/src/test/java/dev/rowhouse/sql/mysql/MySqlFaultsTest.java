package dev.rowhouse.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.exceptions.PacketTooBigException;
import dev.rowhouse.sql.connect.AddressRules;
import dev.rowhouse.sql.connect.AddressRules.Loopback;
import dev.rowhouse.sql.connect.ByteLimits;
import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.connect.Resolver;
import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.LoginRefusedException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.script.Kind;
import dev.rowhouse.sql.script.ScriptStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlFaultsTest {
    private static final String PASSWORD = "Pa55word";

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final ConnectionGuard guard = new ConnectionGuard(
            new AddressRules(Set.of(), Loopback.REFUSED), Resolver.system(), ByteLimits.standard(), timer);
    private final MySqlFaults faults = new MySqlFaults(PASSWORD, guard);

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    private static ScriptStatement statement(String sql) {
        return new ScriptStatement(3, 4, sql, Optional.empty(), Kind.TRANSACTIONAL);
    }

    @ParameterizedTest
    @CsvSource({
        "1053, HY000, 3",
        "1317, 70100, 3",
        "1927, 70100, 3",
        "4031, HY000, 3",
        "0, 08S01, 3",
        "1040, 08004, 3",
        "1203, 42000, 0",
        "1205, HY000, 0",
        "1213, 40001, 0",
        "1020, 40001, 0",
        "1021, HY000, 0",
        "1836, HY000, 0",
    })
    void whatMayBeGoneNextTimePasses(int errorCode, String sqlState, int lostAt) {
        SQLException e = new SQLException("message", sqlState, errorCode);

        assertThatThrownBy(() -> faults.failed(statement("SELECT 1"), e))
                .isInstanceOfSatisfying(
                        PassingSqlFaultException.class,
                        passing -> assertThat(passing.statementIndex()).isEqualTo(lostAt));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            The MySQL server is running with the --read-only option so it cannot execute this statement       | true
            The MySQL server is running with the --super-read-only option so it cannot execute this statement | true
            The MySQL server is running with the --secure-file-priv option so it cannot execute this statement | false
            """)
    void aReadOnlyServerPassesAndOutOfReachFilesDoNot(String message, boolean passes) {
        assertThat(faults.isPassing(new SQLException(message, "HY000", 1290))).isEqualTo(passes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1044, 1045, 1049, 1129, 1130, 1251, 1524, 1698, 1820, 1862, 3118, 4151})
    void userPasswordAndDatabaseAreRefused(int errorCode) throws Exception {
        LoginRefusedException refused = faults.refused(new SQLException("message", "28000", errorCode));

        assertThat(refused.sqlState()).isEqualTo("28000");
    }

    @Test
    void anotherFaultAtLoginIsNoRefusal() {
        assertThatThrownBy(() -> faults.refused(new SQLException("Too many connections", "08004", 1040)))
                .isInstanceOf(PassingSqlFaultException.class);
        guard.cancel();
        assertThatThrownBy(() -> faults.refused(new SQLException("Access denied", "28000", 1045)))
                .isInstanceOf(PassingSqlFaultException.class);
    }

    @Test
    void aFailureTellsWhatFailedAndHow() throws Exception {
        FailedStatementException failure = faults.failed(
                statement("INSERT INTO t VALUES (1, 'x', " + PASSWORD + ")"),
                new SQLException("Duplicate entry '1' for key 't.PRIMARY'", "23000", 1062));

        assertThat(failure)
                .hasMessage("Statement 3 in line 4 failed: Duplicate entry '…' for key 't.PRIMARY' [23000]:"
                        + " INSERT INTO t VALUES (1, '…', ***)");
        assertThat(failure.details())
                .isEqualTo(Map.of(
                        "statement_index",
                        3,
                        "line",
                        4,
                        "statement",
                        "INSERT INTO t VALUES (1, '…', ***)",
                        "sqlstate",
                        "23000",
                        "server_message",
                        "Duplicate entry '…' for key 't.PRIMARY'",
                        "error_code",
                        1062));
    }

    @Test
    void whatGoesWrongBetweenStatementsIsToldAlike() throws Exception {
        FailedStatementException failure =
                faults.failed("The ledger cannot be read", new SQLException("Table 't' is full", "HY000", 1114));

        assertThat(failure).hasMessage("The ledger cannot be read: Table '…' is full [HY000]");
        assertThat(failure.details()).containsOnlyKeys("sqlstate", "server_message", "error_code");
    }

    @Test
    void aStatementThatIsTooLargeIsTheScripts() throws Exception {
        assertThat(faults.failed(statement("SELECT 1"), new PacketTooBigException(68_000_000, 67_108_864)))
                .hasMessageContaining("68,000,000 > 67,108,864")
                .hasMessageContaining("'max_allowed_packet'");
    }

    @Test
    void tooManyBytesFailTheStatement() throws Exception {
        guard.tooMany();

        assertThat(faults.failed(statement("SELECT 1"), new SQLException("closed", "08S01")))
                .hasMessageContaining("the server answered with more bytes than it may");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            1227 | SET GLOBAL x = 1                                       | parameter group
            1227 | /*!50003 SET @@GLOBAL.x = 1 */                         | parameter group
            1227 | set persist x = 1                                      | parameter group
            1229 | SET x = 1                                              | parameter group
            1238 | SET SESSION x = 1                                      | parameter group
            1227 | SET @@GLOBAL.GTID_PURGED=/*!80000 '+'*/ ''             | --set-gtid-purged=OFF
            1227 | /*!50017 CREATE DEFINER=`a`@`b`*/ /*!50003 TRIGGER x … | take DEFINER
            1449 | CREATE DEFINER = a@b VIEW v AS SELECT 1                | take DEFINER
            1418 | CREATE FUNCTION f() …                                  | log_bin_trust_function_creators
            3948 | LOAD DATA LOCAL INFILE 'x' INTO TABLE t                | Write the rows as INSERT
            4166 | LOAD XML LOCAL INFILE 'x' INTO TABLE t                 | Write the rows as INSERT
            1045 | SELECT 1 INTO DUMPFILE 'x'                             | files are out of reach
            """)
    void whatAManagedServerForbidsIsFollowedByAdvice(int errorCode, String sql, String advice) throws Exception {
        assertThat(faults.failed(statement(sql), new SQLException("message", "42000", errorCode)))
                .hasMessageContaining(advice);
    }

    @ParameterizedTest
    @CsvSource({"utf8mb4_0900_ai_ci, utf8mb4_unicode_520_ci", "utf8mb4_uca1400_ai_ci, utf8mb4_0900_ai_ci"})
    void aCollationOfTheOtherProductIsFollowedByAdvice(String unknown, String instead) throws Exception {
        assertThat(faults.failed(
                        statement("CREATE TABLE t (x TEXT)"),
                        new SQLException("Unknown collation: '" + unknown + "'", "HY000", 1273)))
                .hasMessageContaining("use " + instead);
    }

    @Test
    void otherFailuresStandAlone() throws Exception {
        assertThat(faults.failed(
                        statement("CREATE USER a"),
                        new SQLException("Access denied; you need the CREATE USER privilege", "42000", 1227)))
                .hasMessage("Statement 3 in line 4 failed: Access denied; you need the CREATE USER privilege [42000]:"
                        + " CREATE USER a");
    }
}
