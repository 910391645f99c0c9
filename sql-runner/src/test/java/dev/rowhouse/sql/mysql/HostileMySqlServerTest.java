package dev.rowhouse.sql.mysql;

import static dev.rowhouse.sql.mysql.FakeMySql.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rowhouse.sql.Engine;
import dev.rowhouse.sql.FakeServer;
import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import dev.rowhouse.sql.TlsMode;
import dev.rowhouse.sql.connect.AddressRules;
import dev.rowhouse.sql.connect.AddressRules.Loopback;
import dev.rowhouse.sql.connect.ByteLimits;
import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.connect.ConnectionGuard.Breach;
import dev.rowhouse.sql.connect.Deadline;
import dev.rowhouse.sql.connect.TrustedRoots;
import dev.rowhouse.sql.connect.WholeMessages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that mean harm, each against the one rule that stops it. */
class HostileMySqlServerTest {
    private static final String PASSWORD = "Pa55word-for-nobody-else";
    private static final ByteLimits LIMITS = new ByteLimits(1 << 20, 4 << 20, 8 << 20);
    private static final TrustedRoots ROOTS = TrustedRoots.from(Optional.empty());

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final MySqlLogin login = new MySqlLogin(ROOTS, Duration.ofSeconds(10));
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ConnectionGuard guard = guard(LIMITS);

    private ConnectionGuard guard(ByteLimits limits) {
        return new ConnectionGuard(
                new AddressRules(Set.of(), Loopback.ALLOWED),
                host -> {
                    asked.add(host);
                    return List.of(InetAddress.getByName(asked.size() == 1 ? "127.0.0.1" : "169.254.169.254"));
                },
                limits,
                timer);
    }

    @AfterEach
    void stopTimer() {
        guard.close();
        timer.shutdownNow();
    }

    private Connection login(FakeServer server) throws SQLException {
        return login(server, TlsMode.OFF);
    }

    private Connection login(FakeServer server, TlsMode tls) throws SQLException {
        Database database = new Database(Engine.MYSQL, "tenant.example", server.port(), "app", tls);
        return login.connect(database, new Credentials("app", PASSWORD), guard);
    }

    /** What happens when a logged-in client asks something that contains "boast". */
    private Throwable boast(int capabilities, FakeMySql.Answer answer) throws IOException, SQLException {
        try (FakeServer server =
                new FakeServer(client -> new FakeMySql(client).answerUntil("boast", capabilities, answer))) {
            Connection connection = login(server);
            guard.nextStatement();
            return catchThrowableOfType(SQLException.class, () -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SELECT boast");
                    // An answer that only looks complete is found out when the next one is asked for.
                    statement.execute("SELECT 1");
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, FakeMySql.DEPRECATE_EOF})
    void anHonestServerIsTalkedTo(int capabilities) throws Exception {
        assertThat(boast(capabilities, server -> {
                    server.columns(2);
                    server.endOfColumns(capabilities);
                    server.send(new byte[] {1, 'x', (byte) 0xfb});
                    server.send(new byte[] {0, 0});
                    server.endOfRows(capabilities);
                }))
                .isNull();
        assertThat(guard.breach()).isEmpty();
        assertThat(asked).containsExactly("tenant.example");
    }

    @Test
    void aGreetingWithoutEndIsCutOff() throws Exception {
        try (FakeServer server = new FakeServer(client -> {
            FakeMySql mysql = new FakeMySql(client);
            mysql.promise(WholeMessages.LARGEST, (byte) 10);
            sendForEver(client.getOutputStream());
        })) {
            assertThatThrownBy(() -> login(server)).isInstanceOf(SQLException.class);

            assertThat(guard.breach()).contains(Breach.TOO_MANY_BYTES);
            assertThat(guard.received()).isLessThanOrEqualTo(LIMITS.login());
        }
    }

    @Test
    void anErrorWithoutEndIsCutOff() throws Exception {
        Throwable e = boast(0, server -> {
            while (true) {
                server.promise(WholeMessages.LARGEST, packet(0xff, "x".repeat(100_000)));
            }
        });

        assertThat(e).isNotNull();
        assertThat(guard.breach()).contains(Breach.TOO_MANY_BYTES);
        assertThat(guard.received()).isLessThanOrEqualTo(LIMITS.login() + LIMITS.statement());
    }

    @Test
    void noRoomIsMadeForAPacketThatIsTooLarge() throws Exception {
        Throwable e = boast(0, server -> server.promise(0xff_ffff, (byte) 1));

        assertThat(e).rootCause().hasMessageContaining("The server's packet is of 16777215 bytes");
        assertThat(guard.breach()).contains(Breach.TOO_MANY_BYTES);
    }

    @Test
    void noRoomIsMadeForColumnsThatAServerOnlyPromises() throws Exception {
        Throwable e = boast(0, server -> server.send(new byte[] {(byte) 0xfe, -1, -1, -1, 127, 0, 0, 0, 0}));

        assertThat(e).rootCause().hasMessageContaining("The server's answer has 2147483647 columns");
        assertThat(guard.breach()).contains(Breach.TOO_MANY_BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, FakeMySql.DEPRECATE_EOF})
    void noRoomIsMadeForAValueThatIsNotInItsRow(int capabilities) throws Exception {
        Throwable e = boast(capabilities, server -> {
            server.columns(2);
            server.endOfColumns(capabilities);
            server.send(new byte[] {1, 'x', (byte) 0xfe, -1, -1, -1, 127, 0, 0, 0, 0});
        });

        assertThat(e).rootCause().hasMessageContaining("smaller than what it holds");
        assertThat(guard.breach()).contains(Breach.TOO_MANY_BYTES);
    }

    @Test
    void noColumnIsNamedByWhatIsNotInItsPacket() throws Exception {
        Throwable e = boast(0, server -> {
            server.send(new byte[] {1});
            server.send(new byte[] {3, 'd', 'e', 'f', (byte) 0xfd, -1, -1, 127, 0, 0, 0, 0, 0});
        });

        assertThat(e).rootCause().hasMessageContaining("smaller than what it holds");
        assertThat(guard.breach()).contains(Breach.TOO_MANY_BYTES);
    }

    /** Each row is five bytes on the wire, and a hundred and more in the driver's memory. */
    @Test
    void rowsAreCountedByWhatTheyTakeAndNotByTheirBytes() throws Exception {
        Throwable e = boast(0, server -> {
            server.columns(1);
            server.endOfColumns(0);
            while (true) {
                server.send(new byte[] {(byte) 0xfb});
            }
        });

        assertThat(e).rootCause().hasMessageContaining("bytes of memory");
        assertThat(guard.breach()).contains(Breach.TOO_MANY_BYTES);
        assertThat(guard.received()).isLessThan(LIMITS.statement());
    }

    @Test
    void resultsWithoutEndAreCutOff() throws Exception {
        Throwable e = boast(0, server -> {
            while (true) {
                server.okAndMore();
            }
        });

        assertThat(e).rootCause().hasMessageContaining("bytes of memory");
        assertThat(guard.breach()).contains(Breach.TOO_MANY_BYTES);
    }

    /** The driver would take this one for an answer without rows, and what follows for the next answer. */
    @Test
    void columnsThatAreNoneAreRefused() throws Exception {
        Throwable e = boast(0, server -> server.send(new byte[] {(byte) 0xfc, 0, 0, 2, 0, 0, 0}));

        assertThat(e).rootCause().hasMessageContaining("0 columns");
    }

    @Test
    void aServerThatAsksForAFileIsLeft() throws Exception {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        Throwable e = boast(0, server -> {
            server.send(packet(0xfb, "/etc/passwd"));
            heard.write(server.read());
        });

        assertThat(e).rootCause().hasMessageContaining("asks for a file of this machine");
        assertThat(guard.breach()).contains(Breach.BROKEN_PROTOCOL);
        assertThat(heard.size()).isZero();
    }

    @Test
    void anAnswerMustEndBeforeTheNextOneIsAskedFor() throws Exception {
        try (FakeServer server = new FakeServer(client -> {
            FakeMySql mysql = new FakeMySql(client);
            mysql.letIn(0);
            mysql.read();
            mysql.columns(1);
            mysql.endOfColumns(0);
            mysql.row("67108864");
            mysql.endOfRows(0);
            while (true) {
                // To settings too, of whose answers the driver reads the first packet alone.
                mysql.read();
                mysql.columns(1);
            }
        })) {
            assertThatThrownBy(() -> login(server))
                    .isInstanceOf(SQLException.class)
                    .rootCause()
                    .hasMessageContaining("longer than its kind allows");
            assertThat(guard.breach()).contains(Breach.BROKEN_PROTOCOL);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql_native_password", "caching_sha2_password"})
    void loginsWithoutEndAreCutOff(String plugin) throws Exception {
        try (FakeServer server = new FakeServer(client -> {
            FakeMySql mysql = new FakeMySql(client);
            mysql.greet(0, plugin);
            while (true) {
                mysql.read();
                mysql.send(new byte[] {1});
                mysql.send(switchTo(plugin));
            }
        })) {
            assertThatThrownBy(() -> login(server)).isInstanceOf(SQLException.class);

            assertThat(guard.received()).isLessThan(10_000);
        }
    }

    @Test
    void aServerMayNotChangeForEverHowWeLogIn() throws Exception {
        try (FakeServer server = new FakeServer(client -> {
            FakeMySql mysql = new FakeMySql(client);
            mysql.greet(0, "mysql_native_password");
            while (true) {
                mysql.read();
                mysql.send(switchTo("mysql_native_password"));
            }
        })) {
            assertThatThrownBy(() -> login(server))
                    .isInstanceOf(SQLException.class)
                    .rootCause()
                    .hasMessageContaining("without end how we log in");
            assertThat(guard.breach()).contains(Breach.BROKEN_PROTOCOL);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql_clear_password",
                "mysql_old_password",
                "sha256_password",
                "caching_sha2_password",
                "authentication_ldap_sasl_client",
                "authentication_kerberos_client",
                "authentication_oci_client",
                "authentication_webauthn_client",
                "authentication_openid_connect_client",
                "dialog",
            })
    void thePasswordIsGivenToNoServerInTheClear(String plugin) throws Exception {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try (FakeServer server = new FakeServer(client -> {
            FakeMySql mysql = new FakeMySql(client);
            mysql.greet(0, "mysql_native_password");
            heard.write(mysql.read());
            mysql.send(switchTo(plugin));
            heard.write(mysql.read());
            // By caching_sha2_password: all of the password, please.
            mysql.send(new byte[] {1, 4});
            heard.write(mysql.read());
        })) {
            assertThatThrownBy(() -> login(server)).isInstanceOf(SQLException.class);

            assertThat(heard.toString(StandardCharsets.UTF_8))
                    .contains("mysql_native_password")
                    .doesNotContain(PASSWORD);
        }
    }

    @ParameterizedTest
    @EnumSource(value = TlsMode.class, names = "OFF", mode = EnumSource.Mode.EXCLUDE)
    void nothingIsSaidToAServerWithoutTls(TlsMode tls) throws Exception {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try (FakeServer server = new FakeServer(client -> {
            new FakeMySql(client).greet(0, "mysql_native_password");
            client.getInputStream().transferTo(heard);
        })) {
            assertThatThrownBy(() -> login(server, tls))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("SSL Connection required");

            assertThat(heard.size()).isZero();
        }
    }

    /** What a listener puts in before TLS must not be taken for what the server says within it. */
    @Test
    void whatComesBeforeTlsIsNotTakenForWhatComesAfter() throws Exception {
        try (FakeServer server = new FakeServer(client -> {
            FakeMySql mysql = new FakeMySql(client);
            mysql.greet(FakeMySql.TLS, "mysql_native_password");
            mysql.ok();
            client.getInputStream().transferTo(new ByteArrayOutputStream());
        })) {
            assertThatThrownBy(() -> login(server, TlsMode.REQUIRE))
                    .isInstanceOf(SQLException.class)
                    .rootCause()
                    .hasMessageContaining("more than its greeting before TLS");
            assertThat(guard.breach()).contains(Breach.BROKEN_PROTOCOL);
        }
    }

    /** Whom TLS keeps out is the listener; with REQUIRE, anybody may be at the other end. */
    @ParameterizedTest
    @ValueSource(strings = {"mysql_clear_password", "mysql_old_password", "authentication_openid_connect_client"})
    void thePasswordIsNotGivenInTheClearOverTlsEither(String plugin, @TempDir Path keys) throws Exception {
        FakeTls tls = FakeTls.of("elsewhere.example", keys);
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try (FakeServer server = new FakeServer(client -> {
            FakeMySql mysql = new FakeMySql(client);
            mysql.greet(FakeMySql.TLS, "mysql_native_password");
            mysql.encrypt(client, tls);
            heard.write(mysql.read());
            mysql.send(switchTo(plugin));
            heard.write(mysql.read());
        })) {
            assertThatThrownBy(() -> login(server, TlsMode.REQUIRE))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining(plugin);

            assertThat(heard.toString(StandardCharsets.UTF_8))
                    .contains("mysql_native_password")
                    .doesNotContain(PASSWORD);
        }
    }

    @Test
    void packetsAreVettedWithinTlsToo(@TempDir Path keys) throws Exception {
        FakeTls tls = FakeTls.of("elsewhere.example", keys);
        try (FakeServer server = new FakeServer(client -> {
            FakeMySql mysql = new FakeMySql(client);
            mysql.greet(FakeMySql.TLS, "mysql_native_password");
            mysql.encrypt(client, tls);
            mysql.read();
            mysql.ok();
            mysql.read();
            mysql.send(new byte[] {(byte) 0xfe, -1, -1, -1, 127, 0, 0, 0, 0});
        })) {
            assertThatThrownBy(() -> login(server, TlsMode.REQUIRE))
                    .isInstanceOf(SQLException.class)
                    .rootCause()
                    .hasMessageContaining("2147483647 columns");
            assertThat(guard.breach()).contains(Breach.TOO_MANY_BYTES);
        }
    }

    @Test
    void aSilentTlsHandshakeEndsAtTheDeadline() throws Exception {
        try (FakeServer server = new FakeServer(client -> {
            new FakeMySql(client).greet(FakeMySql.TLS, "mysql_native_password");
            client.getInputStream().transferTo(new ByteArrayOutputStream());
        })) {
            guard.closeAt(Deadline.in(Duration.ofSeconds(1)));

            assertThatThrownBy(() -> login(server, TlsMode.VERIFY_FULL)).isInstanceOf(SQLException.class);

            assertThat(guard.breach()).contains(Breach.DEADLINE);
        }
    }

    @Test
    void aByteAtATimeEndsAtTheDeadline() throws Exception {
        try (FakeServer server = new FakeServer(client -> {
            new FakeMySql(client).promise(1_000_000, (byte) 10);
            while (true) {
                client.getOutputStream().write('x');
                // A slow server is what is being tested; nothing here waits for it.
                Thread.sleep(200);
            }
        })) {
            guard.closeAt(Deadline.in(Duration.ofSeconds(1)));

            assertThatThrownBy(() -> login(server)).isInstanceOf(SQLException.class);

            assertThat(guard.breach()).contains(Breach.DEADLINE);
        }
    }

    @Test
    void garbageIsNoServer() throws Exception {
        Random random = new Random(7);
        try (FakeServer server = new FakeServer(client -> {
            byte[] bytes = new byte[64];
            random.nextBytes(bytes);
            new FakeMySql(client).send(bytes);
        })) {
            for (int i = 0; i < 20; i++) {
                try (ConnectionGuard another = guard(LIMITS)) {
                    asked.clear();
                    Database database = new Database(Engine.MYSQL, "tenant.example", server.port(), "app", TlsMode.OFF);

                    assertThatThrownBy(() -> login.connect(database, new Credentials("app", PASSWORD), another))
                            .isInstanceOf(SQLException.class);
                }
            }
        }
    }

    private static byte[] switchTo(String plugin) {
        return packet(0xfe, plugin + "\0challengeandtherest12\0");
    }

    private static byte[] packet(int first, String rest) {
        byte[] packet = text("?" + rest);
        packet[0] = (byte) first;
        return packet;
    }

    private static void sendForEver(OutputStream out) throws IOException {
        byte[] block = text("x".repeat(8192));
        while (true) {
            out.write(block);
        }
    }
}
