package dev.rowhouse.quickstart;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./rowhouse}: picks the command. */
@Command(
        name = "rowhouse",
        description = "Builds every tenant's own environment, and shows how far each has come.",
        mixinStandardHelpOptions = true,
        subcommands = QuickstartCommand.class)
public final class Launcher {

    private Launcher() {}

    public static void main(String[] args) {
        CommandLine rowhouse = new CommandLine(new Launcher());
        rowhouse.setExecutionExceptionHandler((e, command, parsed) -> {
            command.getErr().println("rowhouse: " + e.getMessage());
            return 1;
        });
        System.exit(args.length == 0 ? usage(rowhouse) : rowhouse.execute(args));
    }

    private static int usage(CommandLine rowhouse) {
        rowhouse.usage(System.out);
        return rowhouse.getCommandSpec().exitCodeOnUsageHelp();
    }
}
