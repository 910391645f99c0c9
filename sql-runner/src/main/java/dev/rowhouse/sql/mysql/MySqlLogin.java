package dev.rowhouse.sql.mysql;

import com.mysql.cj.jdbc.ConnectionImpl;
import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.connect.GuardedSocketFactory;
import dev.rowhouse.sql.connect.TrustedRoots;
import dev.rowhouse.sql.connect.WireLayer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Connects and logs in with Connector/J. Thread-safe. */
final class MySqlLogin {
    private final TrustedRoots roots;
    private final MySqlProperties properties;

    MySqlLogin(TrustedRoots roots, Duration loginWithin) {
        this.roots = roots;
        this.properties = new MySqlProperties(loginWithin);
    }

    /** On a socket of {@code guard}; in UTC and utf8mb4, every statement its own transaction. */
    Connection connect(Database database, Credentials credentials, ConnectionGuard guard) throws SQLException {
        WireLayer layer = new MySqlWire(database, roots, guard);
        try (GuardedSocketFactory.Ticket ticket = GuardedSocketFactory.ticket(guard, layer)) {
            return ConnectionImpl.getInstance(properties.of(database, credentials, ticket.token()));
        }
    }
}
