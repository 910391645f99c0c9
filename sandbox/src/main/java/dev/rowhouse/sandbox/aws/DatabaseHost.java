package dev.rowhouse.sandbox.aws;

import java.io.IOException;

/**
 * Makes the databases behind {@code AWS::RDS::DBInstance} and {@code AWS::RDS::DBCluster}: one host per engine. Called from
 * several threads at once, never twice at a time for one identifier.
 */
public interface DatabaseHost {
    /**
     * Makes a database whose master user has RDS's rights, and answers where it listens.
     *
     * @throws IOException if it cannot be made, or the host has one of that identifier, which is left as it is; nothing of
     *     the new one is left. The message becomes the resource's failure reason
     */
    Endpoint create(Instance instance) throws IOException;

    /**
     * Makes a cluster's database, and answers where it will listen once it is opened. A host that cannot keep one shut may
     * let it listen at once.
     *
     * @throws IOException as {@link #create} does
     */
    default Endpoint prepare(Instance instance) throws IOException {
        return create(instance);
    }

    /**
     * Lets a prepared database listen; one that listens already is no error.
     *
     * @throws IOException if it cannot be started
     */
    default void open(String identifier) throws IOException {}

    /** Removes the database; one that is unknown, or half made, is no error. */
    void delete(String identifier);

    /**
     * What the template asks for.
     *
     * @param engine the template's {@code Engine}, such as {@code postgres}
     * @param identifier unique on the host: the DB instance identifier, or a cluster's, told apart from it by
     *     {@link #ofCluster}
     * @param databaseName the first database; null when the template names none, as RDS then makes only the engine's own
     */
    record Instance(
            String engine, String identifier, String masterUser, String masterPassword, String databaseName, int port) {
        /** Leaves the password out. */
        @Override
        public String toString() {
            return "Instance[" + engine + " " + identifier + ", user " + masterUser + ", port " + port + "]";
        }
    }

    /** A cluster's identifier as hosts know it: an instance may have the same. */
    static String ofCluster(String identifier) {
        return "cluster." + identifier;
    }

    record Endpoint(String host, int port) {}
}
