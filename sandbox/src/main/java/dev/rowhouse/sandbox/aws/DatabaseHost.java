package dev.rowhouse.sandbox.aws;

import java.io.IOException;

/**
 * Makes the databases behind {@code AWS::RDS::DBInstance}: one host per engine. Called from several threads at once,
 * never twice at a time for one identifier.
 */
public interface DatabaseHost {
    /**
     * Makes a database whose master user has RDS's rights, and answers where it listens.
     *
     * @throws IOException if it cannot be made; the message becomes the resource's failure reason
     */
    Endpoint create(Instance instance) throws IOException;

    /** Removes the database; one that is unknown, or half made, is no error. */
    void delete(String identifier);

    /**
     * What the template asks for.
     *
     * @param engine the template's {@code Engine}, such as {@code postgres}
     * @param identifier the DB instance identifier, unique on the host
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

    record Endpoint(String host, int port) {}
}
