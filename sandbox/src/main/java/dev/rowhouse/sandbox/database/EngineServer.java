package dev.rowhouse.sandbox.database;

import dev.rowhouse.sandbox.aws.DatabaseHost.Instance;
import dev.rowhouse.sandbox.tls.SandboxCa;
import java.io.IOException;
import java.net.InetAddress;

/** A server of an {@link Engine}, with RDS's roles and TLS by its address. Not thread-safe. */
public interface EngineServer {

    /** Makes its data, which is there when it first starts, with the master user and the database. */
    void prepare(Instance instance) throws IOException, InterruptedException;

    /**
     * Answers when it accepts connections.
     *
     * @throws dev.rowhouse.sandbox.process.ChildFailedException when it does not start; quotes its log
     */
    void start(InetAddress address, int port, SandboxCa ca) throws IOException, InterruptedException;

    ServerProcess process();

    /** Ends it, and deletes its data and its log. */
    void delete() throws IOException, InterruptedException;
}
