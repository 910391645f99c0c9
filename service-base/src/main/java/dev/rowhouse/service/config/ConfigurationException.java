package dev.rowhouse.service.config;

import java.util.List;

/** The configuration cannot work; the message lists every problem, one a line. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public ConfigurationException(List<Problem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** At least one, in the order they were found. */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(List<Problem> problems) {
        StringBuilder text = new StringBuilder(
                problems.size() == 1
                        ? "the configuration has a problem:"
                        : "the configuration has " + problems.size() + " problems:");
        problems.forEach(problem ->
                text.append("\n  ").append(problem.name()).append(": ").append(problem.message()));
        return text.toString();
    }

    /**
     * One problem.
     *
     * @param name the setting, as it was given: {@code rowhouse.http.port}, or {@code ROWHOUSE_HTTP_PROT}
     * @param message what is wrong and what is allowed; a secret's value is not in it
     */
    public record Problem(String name, String message) {}
}
