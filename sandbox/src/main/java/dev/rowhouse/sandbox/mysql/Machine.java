package dev.rowhouse.sandbox.mysql;

/** What machine this is, by which builds are chosen. */
final class Machine {

    private Machine() {}

    static boolean isLinuxOnAmd64() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    static boolean isMac() {
        return System.getProperty("os.name").startsWith("Mac");
    }

    static String name() {
        return System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    }
}
