package dev.rowhouse.sandbox.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process, told apart from a later one with the same pid.
 *
 * @param pid its number, which the system gives to another process after its end
 * @param birth when it began: on Linux {@code <boot id>:<clock ticks since boot>}, exact and the same whoever asks;
 *     elsewhere the start's milliseconds since 1970
 */
record ProcessIdentity(long pid, String birth) {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** Empty when no such process runs; a zombie no longer runs. */
    static Optional<ProcessIdentity> of(long pid) {
        return birthOf(pid).map(birth -> new ProcessIdentity(pid, birth));
    }

    boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    private static Optional<String> birthOf(long pid) {
        if (!Files.exists(BOOT_ID)) {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .flatMap(process -> process.info().startInstant())
                    .map(start -> Long.toString(start.toEpochMilli()));
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The command's name stands in parentheses and may itself hold spaces and parentheses; the state follows
            // the last one. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            boolean ended = fields[0].equals("Z") || fields[0].equals("X");
            return ended
                    ? Optional.empty()
                    : Optional.of(Files.readString(BOOT_ID).strip() + ":" + fields[19]);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
