package dev.rowhouse.sandbox.process;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A program to run as a child.
 *
 * @param name names its record and its log, {@code <name>.log}; unique within a directory, of {@code [A-Za-z0-9._-]}
 * @param words the program and its arguments; readable by everyone on the machine, so never a secret
 * @param environment added to the sandbox's own
 * @param withoutEnvironment variables of the sandbox's own environment that the child must not see
 * @param end the signal on which it ends in good order
 */
public record Command(
        String name,
        List<String> words,
        Map<String, String> environment,
        Set<String> withoutEnvironment,
        EndSignal end) {

    public Command {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("a child's name must be of A-Z a-z 0-9 . _ - but is '" + name + "'");
        }
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
        withoutEnvironment = Set.copyOf(withoutEnvironment);
    }
}
