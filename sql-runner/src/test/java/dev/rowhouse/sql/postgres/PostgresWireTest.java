package dev.rowhouse.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sandbox.postgres.PostgresServer;
import dev.rowhouse.sql.Engine;
import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import dev.rowhouse.sql.TlsMode;
import dev.rowhouse.sql.connect.AddressRules;
import dev.rowhouse.sql.connect.AddressRules.Loopback;
import dev.rowhouse.sql.connect.ByteLimits;
import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.connect.TrustedRoots;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Certificates that do not prove what was asked of them. */
class PostgresWireTest {
    private static final String ELSEWHERE = "tenant.example";

    private static PostgresServer server;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final ConnectionGuard guard = new ConnectionGuard(
            new AddressRules(Set.of(), Loopback.ALLOWED),
            host -> List.of(InetAddress.getByName("127.0.0.1")),
            ByteLimits.standard(),
            timer);

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.startTemporary();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void stopTimer() {
        guard.close();
        timer.shutdownNow();
    }

    private void login(String host, TlsMode tls, Optional<Path> caFile) throws Exception {
        PostgresEngine engine =
                new PostgresEngine(TrustedRoots.from(caFile), Duration.ofSeconds(10), Clock.systemUTC());
        engine.login(
                        new Database(Engine.POSTGRES, host, server.port(), "postgres", tls),
                        new Credentials(server.superuser(), server.superuserPassword()),
                        guard)
                .close();
    }

    @Test
    void aCertificateOfAnotherNameIsRefusedWhereTheNameCounts() {
        assertThatThrownBy(() -> login(ELSEWHERE, TlsMode.VERIFY_FULL, Optional.of(server.caFile())))
                .isInstanceOf(PassingSqlFaultException.class)
                .hasMessageContaining("The server's certificate is not for the host's name")
                .hasRootCauseInstanceOf(SSLPeerUnverifiedException.class);
    }

    @Test
    void aCertificateOfAnotherNameIsTakenWhereTheAuthorityCounts() throws Exception {
        login(ELSEWHERE, TlsMode.VERIFY_CA, Optional.of(server.caFile()));

        assertThat(guard.received()).isPositive();
    }

    @Test
    void aCertificateOfAnAuthorityThatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> login("localhost", TlsMode.VERIFY_CA, Optional.empty()))
                .isInstanceOf(PassingSqlFaultException.class)
                .hasMessageContaining("unable to find valid certification path")
                .hasCauseInstanceOf(SQLException.class)
                .satisfies(e -> assertThat(e.getCause().getCause()).isInstanceOf(SSLHandshakeException.class));
    }
}
