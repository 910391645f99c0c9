package dev.rowhouse.sql.mysql;

import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.connect.TrustedRoots;
import dev.rowhouse.sql.engine.DatabaseEngine;
import dev.rowhouse.sql.engine.LoginRefusedException;
import dev.rowhouse.sql.engine.PassingSqlFaultException;
import dev.rowhouse.sql.engine.ScriptSession;
import dev.rowhouse.sql.script.Splitter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

/** MySQL and MariaDB through Connector/J. Thread-safe. */
public final class MySqlEngine implements DatabaseEngine {
    private final MySqlSplitter splitter = new MySqlSplitter();
    private final MySqlLogin login;
    private final Clock clock;

    /**
     * @param loginWithin how long the driver may take to connect
     * @param clock for the ledger
     */
    public MySqlEngine(TrustedRoots roots, Duration loginWithin, Clock clock) {
        this.login = new MySqlLogin(roots, loginWithin);
        this.clock = clock;
    }

    @Override
    public Splitter splitter() {
        return splitter;
    }

    @Override
    public ScriptSession login(Database database, Credentials credentials, ConnectionGuard guard)
            throws LoginRefusedException, PassingSqlFaultException {
        MySqlFaults faults = new MySqlFaults(credentials.password(), guard);
        try {
            return MySqlSession.open(
                    login.connect(database, credentials, guard), database.name(), guard, faults, clock);
        } catch (SQLException e) {
            throw faults.refused(e);
        }
    }
}
