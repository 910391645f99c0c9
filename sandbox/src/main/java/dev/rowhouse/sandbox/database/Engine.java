package dev.rowhouse.sandbox.database;

import dev.rowhouse.sandbox.aws.DatabaseHost.Instance;
import dev.rowhouse.sandbox.process.SandboxDirectory;
import java.io.IOException;

/** An engine whose servers can be made as RDS would make them. Thread-safe. */
public interface Engine {

    /** @throws IOException with RDS's reason where this engine would not take the user, the password or the database */
    void check(Instance instance) throws IOException;

    /**
     * A server in a folder of the directory, which may be there already. The first time, this unpacks the engine, which
     * takes some seconds.
     *
     * @param name of the folder, the process and its log
     */
    EngineServer server(SandboxDirectory directory, String name) throws IOException, InterruptedException;
}
