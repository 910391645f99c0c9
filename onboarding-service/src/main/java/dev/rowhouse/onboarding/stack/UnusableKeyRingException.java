package dev.rowhouse.onboarding.stack;

import java.nio.file.Path;

/** The key ring cannot be used; the message says why and how to mend it, and never shows a key. */
public final class UnusableKeyRingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableKeyRingException(Path file, String problem, Throwable cause) {
        super("the key ring " + file + " " + problem, cause);
    }
}
