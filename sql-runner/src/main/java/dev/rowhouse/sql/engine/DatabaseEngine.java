package dev.rowhouse.sql.engine;

import dev.rowhouse.sql.SqlRun.Credentials;
import dev.rowhouse.sql.SqlRun.Database;
import dev.rowhouse.sql.connect.ConnectionGuard;
import dev.rowhouse.sql.script.Splitter;

/** What the runner needs of one kind of server: its class is all that a new kind takes. Thread-safe. */
public interface DatabaseEngine {

    Splitter splitter();

    /**
     * Logs in, on a socket of {@code guard}.
     *
     * @throws LoginRefusedException when the server refuses user, password or database
     * @throws PassingSqlFaultException when there is no connection this time
     */
    ScriptSession login(Database database, Credentials credentials, ConnectionGuard guard)
            throws LoginRefusedException, PassingSqlFaultException;
}
