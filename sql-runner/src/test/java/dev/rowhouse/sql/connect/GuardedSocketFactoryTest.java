package dev.rowhouse.sql.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowhouse.sql.connect.AddressRules.Loopback;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedSocketFactoryTest {
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final ConnectionGuard guard = new ConnectionGuard(
            new AddressRules(Set.of(), Loopback.REFUSED), Resolver.system(), ByteLimits.standard(), timer);

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void aTokenIsGoodForOneFactory() {
        try (GuardedSocketFactory.Ticket ticket = GuardedSocketFactory.ticket(guard, WireLayer.NONE)) {
            assertThat(new GuardedSocketFactory(ticket.token()).createSocket()).isInstanceOf(GuardedSocket.class);

            assertThatThrownBy(() -> new GuardedSocketFactory(ticket.token()))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aGuardThatNobodyCameForWaitsNoLongerThanItsTicket() {
        int before = GuardedSocketFactory.waiting();

        GuardedSocketFactory.ticket(guard, WireLayer.NONE).close();

        assertThat(GuardedSocketFactory.waiting()).isEqualTo(before);
    }

    @Test
    void connectedSocketsAreNotGivenOut() {
        GuardedSocketFactory factory = new GuardedSocketFactory(
                GuardedSocketFactory.ticket(guard, WireLayer.NONE).token());

        assertThatThrownBy(() -> factory.createSocket(InetAddress.getLoopbackAddress(), 5432))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> factory.createSocket("localhost", 5432))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aCancelledGuardConnectsNoMore() {
        guard.cancel();

        assertThatThrownBy(() -> guard.newSocket(WireLayer.NONE)
                        .connect(java.net.InetSocketAddress.createUnresolved("db.example", 5432)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CANCELLED");
    }
}
