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
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

/** MySQL and MariaDB through Connector/J. Thread-safe. */
public final class MySqlEngine implements DatabaseEngine {
    private static final int NO_SUCH_DATABASE = 1049;

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
            return MySqlSession.open(connect(database, credentials, guard), database.name(), guard, faults, clock);
        } catch (SQLException e) {
            throw faults.refused(e);
        }
    }

    /** A script that was interrupted after it had dropped its database goes on with making it, in no database. */
    private Connection connect(Database database, Credentials credentials, ConnectionGuard guard) throws SQLException {
        try {
            return login.connect(database, credentials, guard);
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SUCH_DATABASE) {
                throw e;
            }
            Database none = new Database(database.engine(), database.host(), database.port(), "", database.tls());
            Connection connection = login.connect(none, credentials, guard);
            if (!new MySqlLedger(connection, database.name()).hasRows()) {
                connection.close();
                throw e;
            }
            return connection;
        }
    }
}
