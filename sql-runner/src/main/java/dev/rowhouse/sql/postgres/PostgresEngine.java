package dev.rowhouse.sql.postgres;

import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.connect.GuardedSocketFactory;
import dev.rowhouse.sql.connect.TrustedRoots;
import dev.rowhouse.sql.connect.WireLayer;
import dev.rowhouse.sql.engine.DatabaseEngine;
import dev.rowhouse.sql.engine.LoginRefusedException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.engine.ScriptSession;
import dev.rowhouse.sql.script.Splitter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.postgresql.Driver;

/** PostgreSQL through pgjdbc. Thread-safe. */
public final class PostgresEngine implements DatabaseEngine {
    private final Driver driver = new Driver();
    private final PostgresSplitter splitter = new PostgresSplitter();
    private final TrustedRoots roots;
    private final PostgresProperties properties;
    private final Clock clock;

    /**
     * @param loginWithin how long the driver may take to connect
     * @param clock for the ledger
     */
    public PostgresEngine(TrustedRoots roots, Duration loginWithin, Clock clock) {
        this.roots = roots;
        this.properties = new PostgresProperties(loginWithin);
        this.clock = clock;
    }

    @Override
    public Splitter splitter() {
        return splitter;
    }

    @Override
    public ScriptSession login(Database database, Credentials credentials, ConnectionGuard guard)
            throws LoginRefusedException, PassingSqlFaultException {
        PostgresFaults faults = new PostgresFaults(credentials.password(), guard);
        WireLayer layer = new PostgresWire(database, roots, guard);
        try (GuardedSocketFactory.Ticket ticket = GuardedSocketFactory.ticket(guard, layer)) {
            Connection connection =
                    driver.connect(PostgresProperties.EMPTY_URL, properties.of(database, credentials, ticket.token()));
            return PostgresSession.open(connection, guard, faults, clock);
        } catch (SQLException e) {
            throw faults.refused(e);
        }
    }
}
