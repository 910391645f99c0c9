package dev.rowhouse.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowhouse.sandbox.mysql.Master;
import dev.rowhouse.sandbox.mysql.MySqlServer;
import dev.rowhouse.sandbox.mysql.Product;
import dev.rowhouse.sandbox.mysql.Service;
import dev.rowhouse.sandbox.tls.SandboxCa;
import dev.rowhouse.sql.ledger.Repetition;
import dev.rowhouse.sql.script.ScriptStatement;
import dev.rowhouse.sql.script.Statements;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DDL of which nobody knows whether it happened, on real servers: before it has, and after. */
class MySqlRepetitionTest {
    private static final String SETUP = """
            CREATE DATABASE d; USE d; CREATE TABLE a (i INT, j INT); CREATE TABLE b (i INT); CREATE VIEW w AS SELECT 1;
            CREATE PROCEDURE q() SELECT 1; CREATE TRIGGER g BEFORE INSERT ON b FOR EACH ROW SET NEW.i = 1;
            CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1; CREATE INDEX x ON b (i); CREATE USER 'u'@'%';
            """;

    private static final List<String> STATEMENTS = List.of(
            "CREATE DATABASE d2",
            "DROP DATABASE d2",
            "CREATE TABLE c (i INT)",
            "DROP TABLE c",
            "CREATE TABLE c AS SELECT 1 AS i",
            "CREATE VIEW v AS SELECT 1",
            "DROP VIEW w",
            "CREATE INDEX y ON a (i)",
            "DROP INDEX x ON b",
            "ALTER TABLE a ADD INDEX (i)",
            "ALTER TABLE `a` ADD COLUMN k INT",
            "ALTER TABLE d.a DROP COLUMN k",
            "/*!40000 ALTER TABLE `a` DISABLE KEYS */",
            "ALTER TABLE a RENAME TO a1",
            "RENAME TABLE a1 TO a",
            "RENAME TABLE a TO a_old, b TO a",
            "TRUNCATE TABLE a",
            "CREATE PROCEDURE p() SELECT 1",
            "DROP PROCEDURE q",
            "/*!50003 CREATE*/ /*!50017 DEFINER=`corpus`@`%`*/ /*!50003 TRIGGER t BEFORE INSERT ON a_old FOR EACH ROW SET NEW.i = 1 */",
            "DROP TRIGGER t",
            "/*!50106 CREATE*/ /*!50117 DEFINER=`corpus`@`%`*/ /*!50106 EVENT f ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1 */",
            "DROP EVENT e",
            "CREATE USER 'v'@'%'",
            "DROP USER 'u'@'%'",
            "GRANT SELECT ON d.* TO 'v'@'%'",
            "REVOKE SELECT ON d.* FROM 'v'@'%'");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(Product.class)
    void tellsWhatHasHappenedFromWhatHasNot(Product product) throws Exception {
        Master master = new Master("corpus", "Pa55word-of-corpus");
        SandboxCa ca = SandboxCa.in(directory.resolve("ca"), Clock.systemUTC());
        MySqlServer.Options options =
                new MySqlServer.Options(product, directory.resolve("data"), ca, master).by(Service.AURORA);
        try (MySqlServer server = MySqlServer.start(options);
                Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(""), master.user(), master.password())) {
            for (ScriptStatement statement : Statements.of(new MySqlSplitter().split(SETUP))) {
                execute(connection, statement);
            }
            for (String sql : STATEMENTS) {
                ScriptStatement statement =
                        Statements.of(new MySqlSplitter().split(sql)).get(0);
                MySqlRepetition repetition = new MySqlRepetition(connection, statement);
                Optional<String> before = repetition.alteredTable();
                assertThat(repetition.standing(before)).as(sql).isEqualTo(Repetition.TO_BE_RUN);

                execute(connection, statement);

                assertThat(isDone(connection, repetition, statement, before))
                        .as(sql)
                        .isTrue();
            }
        }
    }

    /** A statement that may be run again and again is as good as one that says that it is done. */
    private static boolean isDone(
            Connection connection, MySqlRepetition repetition, ScriptStatement statement, Optional<String> before)
            throws SQLException {
        if (repetition.standing(before) == Repetition.DONE) {
            return true;
        }
        try {
            execute(connection, statement);
            return statement.text().matches("(?s)(TRUNCATE|GRANT|.*DISABLE KEYS).*");
        } catch (SQLException e) {
            return repetition.saysThatItIsDone(e.getErrorCode());
        }
    }

    private static void execute(Connection connection, ScriptStatement sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.text());
        }
    }
}
