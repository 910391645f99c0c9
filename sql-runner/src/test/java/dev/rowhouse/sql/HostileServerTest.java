package dev.rowhouse.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rowhouse.sql.RunState.Failed;
import dev.rowhouse.sql.RunState.Reason;
import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import dev.rowhouse.sql.connect.AddressRules;
import dev.rowhouse.sql.connect.AddressRules.Loopback;
import dev.rowhouse.sql.connect.ByteLimits;
import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.connect.ConnectionGuard.Breach;
import dev.rowhouse.sql.connect.Deadline;
import dev.rowhouse.sql.connect.Resolver;
import dev.rowhouse.sql.connect.TrustedRoots;
import dev.rowhouse.sql.engine.FailedStatementException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.engine.ScriptSession;
import dev.rowhouse.sql.postgres.PostgresEngine;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that mean harm, each against the one rule that stops it. */
class HostileServerTest {
    private static final String PASSWORD = "Pa55word-for-nobody-else";
    private static final ByteLimits LIMITS = new ByteLimits(1 << 20, 4 << 20, 8 << 20);

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final PostgresEngine engine =
            new PostgresEngine(TrustedRoots.from(Optional.empty()), Duration.ofSeconds(10), Clock.systemUTC());
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ConnectionGuard guard = guard(Loopback.ALLOWED, Resolver.system());

    @AfterEach
    void stopTimer() {
        guard.close();
        timer.shutdownNow();
    }

    private ConnectionGuard guard(Loopback loopback, Resolver resolver) {
        return new ConnectionGuard(
                new AddressRules(Set.of(), loopback),
                host -> {
                    asked.add(host);
                    return resolver.resolve(host);
                },
                LIMITS,
                timer);
    }

    private ScriptSession login(FakeServer server) throws Exception {
        return login(server, "127.0.0.1", guard);
    }

    private ScriptSession login(FakeServer server, String host, ConnectionGuard by) throws Exception {
        Database database = new Database(Engine.POSTGRES, host, server.port(), "app", TlsMode.OFF);
        return engine.login(database, new Credentials("app", PASSWORD), by);
    }

    @Test
    void anErrorWithoutEndIsCutOff() throws Exception {
        try (FakeServer server = new FakeServer(client -> {
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            out.writeByte('E');
            out.writeInt(Integer.MAX_VALUE);
            sendForEver(out);
        })) {
            assertThatThrownBy(() -> login(server)).isInstanceOf(PassingSqlFaultException.class);

            assertThat(guard.breach()).contains(Breach.TOO_MANY_BYTES);
            assertThat(guard.received()).isLessThanOrEqualTo(LIMITS.login());
        }
    }

    @Test
    void noRoomIsMadeForBytesThatAServerOnlyPromises() throws Exception {
        try (FakeServer server = new FakeServer(client -> {
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            readStartup(client);
            out.writeByte('E');
            out.writeInt(Integer.MAX_VALUE);
            for (int i = 0; i < 40; i++) {
                // Each in a segment of its own: a reader that doubles its buffer at each is at a terabyte by then.
                out.writeByte('x');
                out.flush();
                Thread.sleep(5);
            }
        })) {
            assertThatThrownBy(() -> login(server))
                    .isInstanceOf(PassingSqlFaultException.class)
                    .rootCause()
                    .hasMessageContaining("The server's message is of 2147483647 bytes");
            assertThat(guard.breach()).contains(Breach.TOO_MANY_BYTES);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 2, -2})
    void noRoomIsMadeForAFieldThatIsNotInItsRow(int size) throws Exception {
        try (FakeServer server = new FakeServer(client -> answerUntil("boast", client, out -> {
            ByteBuffer row =
                    ByteBuffer.allocate(7).putShort((short) 1).putInt(size).put((byte) 't');
            send(out, 'D', row.array());
        }))) {
            ScriptSession session = login(server);

            assertThatThrownBy(() -> session.run(engine.splitter().split("SELECT boast"), done -> {}))
                    .isInstanceOf(FailedStatementException.class)
                    .hasMessageContaining("more bytes than it may");

            assertThat(guard.breach()).contains(Breach.TOO_MANY_BYTES);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"N", "E", "R"})
    void nothingIsSaidToAServerThatRefusesTls(String answer) throws Exception {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try (FakeServer server = new FakeServer(client -> {
            client.getInputStream().readNBytes(8);
            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().transferTo(heard);
        })) {
            Database database = new Database(Engine.POSTGRES, "127.0.0.1", server.port(), "app", TlsMode.REQUIRE);

            assertThatThrownBy(() -> engine.login(database, new Credentials("app", PASSWORD), guard))
                    .isInstanceOf(PassingSqlFaultException.class)
                    .hasMessageContaining("The server does not speak TLS");

            assertThat(heard.size()).isZero();
        }
    }

    @Test
    void settingsWithoutEndAreCutOff() throws Exception {
        try (FakeServer server = new FakeServer(client -> {
            DataOutputStream out = letIn(client);
            for (long i = 0; ; i++) {
                send(out, 'S', ("x" + i + "\0y\0").getBytes(StandardCharsets.UTF_8));
            }
        })) {
            assertThatThrownBy(() -> login(server)).isInstanceOf(PassingSqlFaultException.class);

            assertThat(guard.received()).isLessThanOrEqualTo(LIMITS.login());
        }
    }

    @Test
    void aByteAtATimeEndsAtTheDeadline() throws Exception {
        try (FakeServer server = new FakeServer(client -> {
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            out.writeByte('E');
            out.writeInt(1_000_000);
            while (true) {
                out.writeByte('x');
                out.flush();
                // A slow server is what is being tested; nothing here waits for it.
                Thread.sleep(500);
            }
        })) {
            guard.closeAt(Deadline.in(Duration.ofSeconds(2)));

            assertThatThrownBy(() -> login(server)).isInstanceOf(PassingSqlFaultException.class);

            assertThat(guard.breach()).contains(Breach.DEADLINE);
        }
    }

    @Test
    void aServerThatNeverAnswersEndsAtTheDeadline() throws Exception {
        try (FakeServer server =
                new FakeServer(client -> client.getInputStream().transferTo(new ByteArrayOutputStream()))) {
            guard.closeAt(Deadline.in(Duration.ofSeconds(1)));

            assertThatThrownBy(() -> login(server)).isInstanceOf(PassingSqlFaultException.class);

            assertThat(guard.breach()).contains(Breach.DEADLINE);
        }
    }

    @Test
    void aSilentTlsHandshakeEndsAtTheDeadline() throws Exception {
        try (FakeServer server = new FakeServer(client -> {
            client.getInputStream().readNBytes(8);
            client.getOutputStream().write('S');
            client.getInputStream().transferTo(new ByteArrayOutputStream());
        })) {
            guard.closeAt(Deadline.in(Duration.ofSeconds(1)));
            Database database = new Database(Engine.POSTGRES, "127.0.0.1", server.port(), "app", TlsMode.VERIFY_FULL);

            assertThatThrownBy(() -> engine.login(database, new Credentials("app", PASSWORD), guard))
                    .isInstanceOf(PassingSqlFaultException.class);

            assertThat(guard.breach()).contains(Breach.DEADLINE);
        }
    }

    @Test
    void rowsWithoutEndAreCutOffAndFailTheirStatement() throws Exception {
        try (FakeServer server = new FakeServer(client -> answerUntil("flood", client, out -> {
            while (true) {
                send(out, 'D', new byte[] {0, 0});
            }
        }))) {
            ScriptSession session = login(server);

            assertThatThrownBy(() -> session.run(engine.splitter().split("SELECT flood"), done -> {}))
                    .isInstanceOf(FailedStatementException.class)
                    .hasMessageContaining("more bytes than it may");

            assertThat(guard.breach()).contains(Breach.TOO_MANY_BYTES);
            assertThat(guard.received()).isLessThanOrEqualTo(LIMITS.login() + LIMITS.statement());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 0, 7, 9, 2, 42})
    void thePasswordIsGivenToNoServerThatAsksInAnotherWayThanWeAllow(int request) throws Exception {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try (FakeServer server = new FakeServer(client -> {
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            readStartup(client);
            send(out, 'R', new byte[] {0, 0, 0, (byte) request});
            client.getInputStream().transferTo(heard);
        })) {
            assertThatThrownBy(() -> login(server)).isInstanceOf(PassingSqlFaultException.class);

            assertThat(heard.toString(StandardCharsets.UTF_8)).doesNotContain(PASSWORD);
        }
    }

    @Test
    void garbageIsAServerThatCannotBeReached() throws Exception {
        Random random = new Random(7);
        try (FakeServer server = new FakeServer(client -> {
                    byte[] bytes = new byte[64];
                    random.nextBytes(bytes);
                    client.getOutputStream().write(bytes);
                });
                LocalSqlRunner runner = new LocalSqlRunner(
                        DatabasePolicy.standard().withLoopback(Loopback.ALLOWED), Clock.systemUTC())) {
            RunId id = runner.start(new SqlRun(
                    new Database(Engine.POSTGRES, "127.0.0.1", server.port(), "app", TlsMode.OFF),
                    new Credentials("app", PASSWORD),
                    "SELECT 1",
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(3)));
            List<RunState> ends = new ArrayList<>();

            await().atMost(Duration.ofMinutes(1)).until(() -> {
                RunState state = runner.poll(id);
                ends.add(state);
                return state instanceof Failed;
            });

            assertThat(((Failed) ends.get(ends.size() - 1)).reason()).isEqualTo(Reason.DATABASE_UNREACHABLE);
            assertThat(server.accepted()).isGreaterThan(1);
        }
    }

    @Test
    void aNameIsLookedUpOnceAndConnectedToWhereItLedThen() throws Exception {
        try (FakeServer server = new FakeServer(client -> {})) {
            ConnectionGuard rebinding = guard(
                    Loopback.ALLOWED,
                    host -> List.of(InetAddress.getByName(asked.size() == 1 ? "127.0.0.1" : "169.254.169.254")));

            assertThatThrownBy(() -> login(server, "tenant.example", rebinding))
                    .isInstanceOf(PassingSqlFaultException.class);

            assertThat(asked).containsExactly("tenant.example");
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void aNameThatLeadsToUsIsNotConnectedTo() throws Exception {
        try (FakeServer server = new FakeServer(client -> {})) {
            ConnectionGuard strict = guard(Loopback.REFUSED, host -> List.of(InetAddress.getByName("127.0.0.1")));

            assertThatThrownBy(() -> login(server, "tenant.example", strict))
                    .isInstanceOf(PassingSqlFaultException.class);

            assertThat(strict.breach()).contains(Breach.FORBIDDEN_ADDRESS);
            assertThat(server.accepted()).isZero();
        }
    }

    @Test
    void aNameWithOneForbiddenAddressIsForbidden() throws Exception {
        try (FakeServer server = new FakeServer(client -> {})) {
            ConnectionGuard mixed = guard(
                    Loopback.ALLOWED,
                    host -> List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("169.254.169.254")));

            assertThatThrownBy(() -> login(server, "tenant.example", mixed))
                    .isInstanceOf(PassingSqlFaultException.class);

            assertThat(mixed.breach()).contains(Breach.FORBIDDEN_ADDRESS);
            assertThat(server.accepted()).isZero();
        }
    }

    private static void sendForEver(DataOutputStream out) throws IOException {
        byte[] block = "x".repeat(8192).getBytes(StandardCharsets.US_ASCII);
        while (true) {
            out.write(block);
        }
    }

    private interface Answer {
        void to(DataOutputStream out) throws IOException;
    }

    /** Lets a client in and agrees with everything it asks, until it says {@code word}. */
    private static void answerUntil(String word, Socket client, Answer answer) throws IOException {
        DataOutputStream out = letIn(client);
        ready(out, 'I');
        DataInputStream in = new DataInputStream(client.getInputStream());
        while (in.read() >= 0) {
            String sql = new String(in.readNBytes(in.readInt() - 4), StandardCharsets.UTF_8);
            if (sql.contains(word)) {
                answer.to(out);
            }
            if (sql.startsWith("SELECT")) {
                send(out, 'T', new byte[] {0, 1, 'b', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 1, -1, -1, -1, -1, 0, 0});
                // There is a ledger, and nothing is in it.
                if (!sql.contains("script_sha256")) {
                    send(out, 'D', new byte[] {0, 1, 0, 0, 0, 1, 't'});
                }
            }
            send(out, 'C', "OK\0".getBytes(StandardCharsets.UTF_8));
            ready(out, sql.startsWith("SET") ? 'I' : 'T');
        }
    }

    /** As far as a login by MD5, whose outcome a server can pretend. */
    private static DataOutputStream letIn(Socket client) throws IOException {
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        readStartup(client);
        send(out, 'R', new byte[] {0, 0, 0, 5, 1, 2, 3, 4});
        DataInputStream in = new DataInputStream(client.getInputStream());
        in.readByte();
        in.readNBytes(in.readInt() - 4);
        send(out, 'R', new byte[] {0, 0, 0, 0});
        for (String setting : List.of(
                "server_version\00018.0\0",
                "client_encoding\0UTF8\0",
                "standard_conforming_strings\0on\0",
                "DateStyle\0ISO\0")) {
            send(out, 'S', setting.getBytes(StandardCharsets.UTF_8));
        }
        return out;
    }

    private static void readStartup(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        in.readNBytes(in.readInt() - 4);
    }

    private static void ready(DataOutputStream out, char state) throws IOException {
        send(out, 'Z', new byte[] {(byte) state});
    }

    private static void send(DataOutputStream out, char type, byte[] body) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream to = new DataOutputStream(message);
        to.writeByte(type);
        to.writeInt(body.length + 4);
        to.write(body);
        out.write(message.toByteArray());
        out.flush();
    }
}
