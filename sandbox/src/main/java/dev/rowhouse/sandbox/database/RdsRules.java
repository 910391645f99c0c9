package dev.rowhouse.sandbox.database;

import dev.rowhouse.sandbox.aws.DatabaseHost.Instance;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What RDS accepts for an engine, in its words.
 *
 * @param longestUser how many characters the master user's name may have
 * @param reservedUsers names, in small letters, that the master user may not have
 * @param longestPassword how many characters the master user's password may have
 * @param longestDatabase how many characters the first database's name may have
 * @param ownDatabases names that are the engine's own
 */
public record RdsRules(
        int longestUser,
        Set<String> reservedUsers,
        int longestPassword,
        int longestDatabase,
        Set<String> ownDatabases) {

    private static final int SHORTEST_PASSWORD = 8;
    private static final Pattern USER = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Pattern DATABASE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern PASSWORD = Pattern.compile("[!-~&&[^/@\"]]*");

    /** @throws IOException with RDS's reason */
    public void check(Instance instance) throws IOException {
        checkUser(instance.masterUser());
        checkPassword(instance.masterPassword());
        checkDatabase(instance.databaseName());
        if (instance.port() < 1150 || instance.port() > 65535) {
            throw new IOException("Invalid value for the port: " + instance.port() + ". Valid values: 1150-65535");
        }
    }

    private void checkDatabase(String name) throws IOException {
        if (name != null
                && (name.length() > longestDatabase
                        || !DATABASE.matcher(name).matches()
                        || ownDatabases.contains(name.toLowerCase(Locale.ROOT)))) {
            throw new IOException("DBName must begin with a letter or underscore, contain only alphanumeric characters"
                    + " and underscores, at most " + longestDatabase + ", and not be one of the engine's own");
        }
    }

    private void checkUser(String user) throws IOException {
        if (user == null || user.length() > longestUser || !USER.matcher(user).matches()) {
            throw new IOException("The parameter MasterUsername must begin with a letter and contain only"
                    + " alphanumeric characters and underscores, at most " + longestUser);
        }
        if (reservedUsers.contains(user.toLowerCase(Locale.ROOT))) {
            throw new IOException(
                    "MasterUsername " + user + " cannot be used as it is a reserved word used by the engine");
        }
    }

    private void checkPassword(String password) throws IOException {
        String what = "The parameter MasterUserPassword is not a valid password";
        if (password == null || password.length() < SHORTEST_PASSWORD) {
            throw new IOException(what + " because it is shorter than " + SHORTEST_PASSWORD + " characters.");
        }
        if (password.length() > longestPassword) {
            throw new IOException(what + " because it is longer than " + longestPassword + " characters.");
        }
        if (!PASSWORD.matcher(password).matches()) {
            throw new IOException(what + ". Only printable ASCII characters besides '/', '@', '\"', ' ' may be used.");
        }
    }
}
