package dev.rowhouse.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;

/** Signals that the JDK cannot send, through the shell's built-in {@code kill}: a bare system has no other. */
final class Signals {

    private Signals() {}

    /** Does nothing when the process is gone. */
    static void send(String signal, long pid) throws InterruptedException {
        try {
            new ProcessBuilder(List.of("/bin/sh", "-c", "kill -" + signal + " " + pid))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run /bin/sh to send " + signal + " to process " + pid, e);
        }
    }
}
