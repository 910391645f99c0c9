package dev.rowhouse.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rowhouse.sandbox.postgres.PostgresServer;
import dev.rowhouse.sql.RunState.Done;
import dev.rowhouse.sql.connect.AddressRules;
import dev.rowhouse.sql.connect.AddressRules.Loopback;
import dev.rowhouse.sql.connect.ByteLimits;
import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.connect.ConnectionGuard.Breach;
import dev.rowhouse.sql.connect.Resolver;
import dev.rowhouse.sql.connect.TrustedRoots;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.postgres.PostgresEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What happens on the wire between the runner and a real server. */
class LostAnswerTest {
    private static PostgresServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.startTemporary();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void aCommitWhoseAnswerWasLostIsFoundInTheLedger() throws Exception {
        AtomicBoolean cut = new AtomicBoolean();
        TenantDatabase tenant = TenantDatabase.on(server);
        try (FakeServer proxy = new FakeServer(client -> forward(client, cut));
                LocalSqlRunner runner = new LocalSqlRunner(
                        DatabasePolicy.standard().withLoopback(Loopback.ALLOWED), Clock.systemUTC())) {
            RunId id = runner.start(tenant.run(
                    "CREATE TABLE t (i int); INSERT INTO t VALUES (1)", "127.0.0.1", proxy.port(), TlsMode.OFF));

            await().atMost(Duration.ofMinutes(1)).until(() -> runner.poll(id), new Done(2)::equals);

            assertThat(cut).isTrue();
            assertThat(proxy.accepted()).isEqualTo(2);
            assertThat(tenant.query("SELECT i FROM t")).hasSize(1);
        }
    }

    @Test
    void bytesAreCountedBelowTls() throws Exception {
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
        TenantDatabase tenant = TenantDatabase.on(server);
        PostgresEngine engine = new PostgresEngine(
                TrustedRoots.from(Optional.of(server.caFile())), Duration.ofSeconds(10), Clock.systemUTC());
        SqlRun run = tenant.run("SELECT 1");
        try (ConnectionGuard guard = new ConnectionGuard(
                new AddressRules(Set.of(), Loopback.ALLOWED),
                Resolver.system(),
                new ByteLimits(300, 300, 300),
                timer)) {
            Assertions.assertThatThrownBy(() -> engine.login(run.database(), run.credentials(), guard))
                    .isInstanceOf(PassingSqlFaultException.class)
                    .hasMessageContaining("The server sent more than it may");

            assertThat(guard.breach()).contains(Breach.TOO_MANY_BYTES);
            assertThat(guard.received()).isEqualTo(300);
        } finally {
            timer.shutdownNow();
        }
    }

    /** Passes everything on, but for the server's answer to the first COMMIT: then it hangs up. */
    private static void forward(Socket client, AtomicBoolean cut) throws IOException {
        try (Socket database = new Socket(server.host(), server.port())) {
            AtomicBoolean commits = new AtomicBoolean();
            FakeServer.start(() -> {
                try {
                    copy(client.getInputStream(), database.getOutputStream(), text -> {
                        if (text.contains("COMMIT\0") && !cut.get()) {
                            commits.set(true);
                        }
                        return true;
                    });
                } catch (IOException e) {
                    // One side has closed; the other follows.
                }
            });
            copy(database.getInputStream(), client.getOutputStream(), text -> {
                if (commits.get() && text.contains("COMMIT")) {
                    cut.set(true);
                    return false;
                }
                return true;
            });
        }
    }

    private interface Pass {
        boolean passes(String text);
    }

    private static void copy(InputStream in, OutputStream out, Pass pass) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        int n = in.read(buffer);
        while (n >= 0 && pass.passes(new String(buffer, 0, n, StandardCharsets.ISO_8859_1))) {
            out.write(buffer, 0, n);
            out.flush();
            n = in.read(buffer);
        }
    }
}
