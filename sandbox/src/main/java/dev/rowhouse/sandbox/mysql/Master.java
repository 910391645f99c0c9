package dev.rowhouse.sandbox.mysql;

/** The first user, with the rights of RDS's master user: no superuser. */
public record Master(String user, String password) {

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "Master[" + user + "]";
    }
}
