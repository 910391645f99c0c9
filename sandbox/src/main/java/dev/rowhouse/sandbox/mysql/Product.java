package dev.rowhouse.sandbox.mysql;

import java.io.IOException;

/** Whose server it is. */
public enum Product {

    /** MySQL 8.0; there is a build for Linux on amd64 alone. */
    MYSQL("MySQL") {
        @Override
        Distribution unpacked() throws IOException, InterruptedException {
            return MySqlDistribution.unpacked();
        }
    },

    /** MariaDB 11.4. */
    MARIADB("MariaDB") {
        @Override
        Distribution unpacked() throws IOException, InterruptedException {
            return MariaDbDistribution.unpacked();
        }
    };

    private final String text;

    Product(String text) {
        this.text = text;
    }

    /** MySQL where it has a build for this machine, and else what comes nearest to it. */
    public static Product nearestToMySql() {
        return MySqlDistribution.runsHere() ? MYSQL : MARIADB;
    }

    abstract Distribution unpacked() throws IOException, InterruptedException;

    @Override
    public String toString() {
        return text;
    }
}
