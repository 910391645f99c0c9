package dev.rowhouse.sandbox.process;

/** Whether a process runs; {@link ProcessHandle#isAlive} also says so of a zombie that no init process collects. */
public final class RunningProcess {

    private RunningProcess() {}

    public static boolean hasPid(long pid) {
        return ProcessIdentity.of(pid).isPresent();
    }
}
