package dev.rowhouse.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sandbox.mysql.MySqlServer;
import dev.rowhouse.sandbox.mysql.Product;
import dev.rowhouse.sql.Engine;
import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import dev.rowhouse.sql.TlsMode;
import dev.rowhouse.sql.connect.AddressRules;
import dev.rowhouse.sql.connect.AddressRules.Loopback;
import dev.rowhouse.sql.connect.ByteLimits;
import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.connect.TrustedRoots;
import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.LoginRefusedException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.script.Kind;
import dev.rowhouse.sql.script.ScriptStatement;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Logins to real servers, and what they say where they refuse something. */
@ParameterizedClass
@EnumSource(Product.class)
class MySqlLoginTest {
    private static final String ELSEWHERE = "tenant.example";

    private static MySqlServer server;

    @Parameter
    private Product product;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final ConnectionGuard guard = guard();

    private ConnectionGuard guard() {
        return new ConnectionGuard(
                new AddressRules(Set.of(), Loopback.ALLOWED),
                host -> List.of(InetAddress.getByName("127.0.0.1")),
                ByteLimits.standard(),
                timer);
    }

    @BeforeParameterizedClassInvocation
    static void startServer(Product product) throws Exception {
        server = MySqlServer.startTemporary(product);
        try (Connection connection = DriverManager.getConnection(
                        server.jdbcUrl(""),
                        server.master().user(),
                        server.master().password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE app");
        }
    }

    @AfterParameterizedClassInvocation
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void stopTimer() {
        guard.close();
        timer.shutdownNow();
    }

    private static Database database(String host, String name, TlsMode tls) {
        return new Database(Engine.MYSQL, host, server.port(), name, tls);
    }

    private static Credentials master() {
        return new Credentials(server.master().user(), server.master().password());
    }

    private Connection login(String host, TlsMode tls) throws SQLException {
        return login(database(host, "app", tls), master(), Optional.of(server.caFile()));
    }

    private Connection login(Database database, Credentials credentials, Optional<Path> caFile) throws SQLException {
        return new MySqlLogin(TrustedRoots.from(caFile), Duration.ofSeconds(10)).connect(database, credentials, guard);
    }

    private Connection login() throws SQLException {
        return login("localhost", TlsMode.VERIFY_FULL);
    }

    private MySqlFaults faults() {
        return new MySqlFaults(master().password(), guard);
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void run(Connection connection, String... sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String one : sql) {
                statement.execute(one);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, VERIFY_FULL",
        "127.0.0.1, VERIFY_FULL",
        "tenant.example, VERIFY_CA",
        "tenant.example, REQUIRE",
        "tenant.example, OFF",
    })
    void succeedWhereTheServerProvesWhatIsAskedOfIt(String host, TlsMode tls) throws Exception {
        try (Connection connection = login(host, tls)) {
            assertThat(tlsVersion(connection)).matches(tls == TlsMode.OFF ? "" : "TLSv1\\.[23]");
            assertThat(ask(connection, "SELECT DATABASE()")).isEqualTo("app");
        }
        assertThat(guard.breach()).isEmpty();
    }

    private static String tlsVersion(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW SESSION STATUS LIKE 'Ssl_version'")) {
            rows.next();
            return rows.getString(2);
        }
    }

    @Test
    void aCertificateOfAnotherNameIsRefusedWhereTheNameCounts() {
        assertThatThrownBy(() -> login(ELSEWHERE, TlsMode.VERIFY_FULL))
                .isInstanceOf(SQLException.class)
                .rootCause()
                .hasMessageContaining("No subject alternative DNS name matching tenant.example");
    }

    @Test
    void aCertificateOfAnAuthorityThatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> login(database("localhost", "app", TlsMode.VERIFY_CA), master(), Optional.empty()))
                .isInstanceOf(SQLException.class)
                .hasCauseInstanceOf(Exception.class)
                .hasStackTraceContaining(SSLHandshakeException.class.getName())
                .hasStackTraceContaining("unable to find valid certification path");
    }

    @Test
    void aFirstLoginByCachingSha2NeedsNoKeyOfTheServers() throws Exception {
        if (product != Product.MYSQL) {
            return;
        }
        String password = "Pa55wört-of-sha2";
        try (Connection connection = login()) {
            run(connection, "CREATE USER sha2 IDENTIFIED WITH caching_sha2_password BY '" + password + "'");
            run(connection, "GRANT SELECT ON app.* TO sha2");
        }
        for (String round : List.of("first", "from the server's memory")) {
            try (Connection connection = login(
                    database("localhost", "app", TlsMode.VERIFY_FULL),
                    new Credentials("sha2", password),
                    Optional.of(server.caFile()))) {
                assertThat(ask(connection, "SELECT CURRENT_USER()")).as(round).isEqualTo("sha2@%");
            }
        }
    }

    @Test
    void sessionsAreInUtcAndUtf8AndStrictAsTheServerSays() throws Exception {
        try (Connection connection = login()) {
            assertThat(ask(connection, "SELECT @@time_zone")).isEqualTo("+00:00");
            assertThat(ask(connection, "SELECT @@character_set_client")).isEqualTo("utf8mb4");
            assertThat(ask(connection, "SELECT @@character_set_connection")).isEqualTo("utf8mb4");
            assertThat(ask(connection, "SELECT @@sql_mode = @@GLOBAL.sql_mode")).isEqualTo("1");
            assertThat(ask(connection, "SELECT @@autocommit")).isEqualTo("1");
            assertThat(ask(connection, "SELECT '日本語 😀'")).isEqualTo("日本語 😀");
        }
    }

    @Test
    void statementsGoToTheServerAsTheyStand() throws Exception {
        try (Connection connection = login()) {
            assertThat(ask(connection, "SELECT '{fn now()}{d \"x\"} ? ${a} :b'"))
                    .isEqualTo("{fn now()}{d \"x\"} ? ${a} :b");
            assertThatThrownBy(() -> run(connection, "SELECT 1; SELECT 2")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void answersOfEveryKindAreRead() throws Exception {
        try (Connection connection = login()) {
            run(
                    connection,
                    "CREATE TABLE kinds (id INT PRIMARY KEY, t TEXT, b MEDIUMBLOB, n INT)",
                    "INSERT INTO kinds VALUES (1, REPEAT('x', 300), REPEAT('y', 70000), NULL), (2, '', NULL, 7)",
                    "CREATE PROCEDURE kinds_twice() BEGIN SELECT * FROM kinds; SELECT 1; END");
            assertThat(ask(connection, "SELECT LENGTH(b) FROM kinds WHERE id = 1"))
                    .isEqualTo("70000");
            assertThat(ask(connection, "SELECT b FROM kinds WHERE id = 1")).hasSize(70_000);
            assertThat(results(connection, "CALL kinds_twice()", 0)).isEqualTo(2);
            assertThat(results(connection, "SELECT * FROM kinds", /* row by row */ Integer.MIN_VALUE))
                    .isEqualTo(1);
            try (PreparedStatement prepared = connection.prepareStatement("SELECT t FROM kinds WHERE id = ?")) {
                prepared.setInt(1, 2);
                try (ResultSet rows = prepared.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEmpty();
                }
            }
            run(connection, "DROP TABLE kinds", "DROP PROCEDURE kinds_twice");
        }
        assertThat(guard.breach()).isEmpty();
    }

    private static int results(Connection connection, String sql, int fetchSize) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(fetchSize);
            int results = 0;
            boolean rows = statement.execute(sql);
            while (rows || statement.getUpdateCount() != -1) {
                results += rows ? 1 : 0;
                rows = statement.getMoreResults();
            }
            return results;
        }
    }

    @Test
    void aStatementOfSeveralPacketsGoesThrough() throws Exception {
        // MariaDB takes 16 MiB, which is one packet, unless told otherwise.
        int size = product == Product.MYSQL ? 17 << 20 : 15 << 20;
        try (Connection connection = login()) {
            assertThat(ask(connection, "SELECT LENGTH('" + "x".repeat(size) + "')"))
                    .isEqualTo(String.valueOf(size));
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        assertRefused("app", new Credentials("admin", "no-password"), "28000", "Access denied for user");
    }

    @Test
    void anUnknownUserIsRefused() {
        assertRefused("app", new Credentials("nobody", "no-password"), "28000", "Access denied for user");
    }

    @Test
    void anUnknownDatabaseIsRefused() {
        assertRefused("elsewhere", master(), "42000", "Unknown database 'elsewhere'");
    }

    @Test
    void aDatabaseOfOthersIsRefused() throws Exception {
        Credentials stranger = new Credentials("stranger", "Pa55word-of-stranger");
        try (Connection connection = login()) {
            run(connection, "CREATE USER stranger IDENTIFIED BY '" + stranger.password() + "'");
        }
        assertRefused("app", stranger, "42000", "Access denied for user");
    }

    @Test
    void anExpiredPasswordIsRefused() throws Exception {
        Credentials expired = new Credentials("expired", "Pa55word-of-expired");
        try (Connection connection = login()) {
            run(
                    connection,
                    "CREATE USER expired IDENTIFIED BY '" + expired.password() + "' PASSWORD EXPIRE",
                    "GRANT SELECT ON app.* TO expired");
        }
        assertRefused("app", expired, "", product == Product.MYSQL ? "expired" : "SET PASSWORD");
    }

    private void assertRefused(String database, Credentials credentials, String sqlState, String message) {
        assertThatThrownBy(() -> login(
                        database("localhost", database, TlsMode.VERIFY_FULL),
                        credentials,
                        Optional.of(server.caFile())))
                .isInstanceOfSatisfying(SQLException.class, e -> {
                    LoginRefusedException refused = refusal(e);
                    assertThat(refused.sqlState()).contains(sqlState);
                    assertThat(refused.getMessage()).contains(message).doesNotContain(credentials.password());
                });
    }

    private LoginRefusedException refusal(SQLException e) {
        try {
            return faults().refused(e);
        } catch (PassingSqlFaultException passing) {
            throw new AssertionError("Not refused", passing);
        }
    }

    @Test
    void aServerThatIsGoneIsAPassingFault() throws Exception {
        try (ConnectionGuard otherGuard = guard();
                Connection connection = login();
                Connection other = new MySqlLogin(
                                TrustedRoots.from(Optional.of(server.caFile())), Duration.ofSeconds(10))
                        .connect(database("localhost", "app", TlsMode.VERIFY_FULL), master(), otherGuard)) {
            run(other, "KILL " + ask(connection, "SELECT CONNECTION_ID()"));

            assertThatThrownBy(() -> run(connection, "SELECT 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(faults().passing(e, 7).statementIndex())
                                    .isEqualTo(7));
        }
    }

    @Test
    void whatAManagedServerForbidsIsFollowedByAdvice() throws Exception {
        Map<String, String> advice = Map.of(
                "CREATE DEFINER = 'root'@'localhost' VIEW v AS SELECT 1", "take DEFINER",
                "SET GLOBAL max_connections = 7", "parameter group",
                "SET SESSION max_connections = 7", "parameter group",
                "SET @@SESSION.SQL_LOG_BIN = 0", "--set-gtid-purged=OFF",
                "CREATE FUNCTION f() RETURNS INT DETERMINISTIC RETURN 1", "log_bin_trust_function_creators",
                "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE t", "Write the rows as INSERT",
                "LOAD DATA INFILE '/etc/passwd' INTO TABLE t", "Write the rows as INSERT",
                "SELECT 1 INTO OUTFILE '/tmp/rowhouse-never'", "files are out of reach");
        try (Connection connection = login()) {
            run(connection, "CREATE TABLE IF NOT EXISTS t (n INT)");
            for (String sql : advice.keySet()) {
                FailedStatementException failure = failure(connection, sql);

                assertThat(failure).hasMessageContaining(advice.get(sql)).hasMessageContaining("Statement 3 in line 4");
                assertThat(failure.details())
                        .as(sql)
                        .containsOnlyKeys(
                                "statement_index", "line", "statement", "sqlstate", "server_message", "error_code");
            }
        }
    }

    @Test
    void aCollationOfTheOtherProductIsFollowedByAdvice() throws Exception {
        try (Connection connection = login()) {
            String foreign = product == Product.MYSQL ? "utf8mb4_uca1400_ai_ci" : "utf8mb4_0900_ai_ci";
            String ours = product == Product.MYSQL ? "utf8mb4_0900_ai_ci" : "utf8mb4_unicode_520_ci";
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE IF NOT EXISTS known (t TEXT COLLATE " + ours + ")");
                statement.execute("CREATE TABLE IF NOT EXISTS unknown (t TEXT COLLATE " + foreign + ")");
                // MariaDB 11.4 knows MySQL's by another name.
                assertThat(product).isEqualTo(Product.MARIADB);
            } catch (SQLException e) {
                assertThat(faults().failed(statement("CREATE TABLE …"), e))
                        .hasMessageContaining("Unknown collation: '" + foreign + "'")
                        .hasMessageContaining("use " + ours);
            }
        }
    }

    @Test
    void dataIsHiddenInFailures() throws Exception {
        try (Connection connection = login()) {
            run(
                    connection,
                    "CREATE TABLE IF NOT EXISTS secrets (id INT PRIMARY KEY, t VARCHAR(20) UNIQUE, d DATE)",
                    "REPLACE INTO secrets VALUES (1, 'it''s secret', NULL)");
            for (String sql : List.of(
                    "INSERT INTO secrets VALUES (2, 'it''s secret', NULL)",
                    "INSERT INTO secrets VALUES ('secret', 'x', NULL)",
                    "INSERT INTO secrets VALUES (3, 'x', 'secret')",
                    "INSERT INTO secrets VALUES (3, 'x', NULL) 'secret' 'more secret'",
                    "INSERT INTO secrets VALUES (3, 'a long secret that does not fit in', NULL)",
                    "SELECT CAST('secret' AS JSON), JSON_EXTRACT('{secret', '$.a'), 'secret' IN (SELECT * FROM secrets)",
                    "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no \"secret\" here'")) {
                FailedStatementException failure = failure(connection, sql);

                assertThat(failure.getMessage() + failure.details())
                        .as(sql)
                        .doesNotContain("secret ", "secret'", "secret\"")
                        .doesNotContainPattern("secret[^s]");
            }
        }
    }

    private FailedStatementException failure(Connection connection, String sql) throws Exception {
        guard.nextStatement();
        try {
            run(connection, sql);
        } catch (SQLException e) {
            return faults().failed(statement(sql), e);
        }
        throw new AssertionError("Did not fail: " + sql);
    }

    private static ScriptStatement statement(String sql) {
        return new ScriptStatement(3, 4, sql, Optional.empty(), Kind.TRANSACTIONAL);
    }
}
