package dev.rowhouse.sandbox.mysql;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One product's programs, unpacked, and an initialised data directory to copy. */
interface Distribution {

    /** The program and its arguments but for the settings' file. */
    Path program();

    /** Copies the initialised data directory to where nothing is yet; whole or not at all, also when killed meanwhile. */
    void copyTemplate(Path data) throws IOException;

    /** Lines of the settings' file that this product's server needs beyond {@link ServerSettings}. */
    List<String> settings();

    /** What the service grants its master user on everything, with the right to grant it on. */
    List<String> masterPrivileges(Service service);
}
