package dev.rowhouse.sql.connect;

import java.nio.file.Path;

/** The file of CAs is of no use; the message says why. */
public final class UnusableCaFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableCaFileException(Path file, String problem, Throwable cause) {
        super("The CA file " + file + " " + problem, cause);
    }
}
