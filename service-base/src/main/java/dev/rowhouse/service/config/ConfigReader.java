package dev.rowhouse.service.config;

import dev.rowhouse.service.config.ConfigurationException.Problem;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads settings one by one and collects what is wrong with them, so that an operator mends everything in one go.
 *
 * <p>A method that finds a problem records it and answers with the default (or null where there is none); when all are
 * read, {@link #refuseProblems} throws what was found, among it every {@code rowhouse.…} name nobody asked for: a typing
 * mistake in a name would otherwise leave the default in force unnoticed.
 *
 * <p>In the environment {@code rowhouse.http.port} is {@code ROWHOUSE_HTTP_PORT}. Values are taken literally: no
 * {@code ${…}} is expanded, since passwords hold such characters.
 *
 * <p>For one thread.
 */
public final class ConfigReader {

    private static final String OURS = "rowhouse.";

    private final ConfigSources sources;
    private final SmallRyeConfig config;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> prefixes = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    public ConfigReader(ConfigSources sources) {
        this.sources = sources;
        this.config = new SmallRyeConfigBuilder()
                .withSources(
                        new PropertiesConfigSource(sources.file(), "file", 200),
                        new EnvConfigSource(sources.ourEnvironment(), 300),
                        new PropertiesConfigSource(sources.explicit(), "explicit", 400))
                .build();
    }

    /** Any text that is not blank; required where {@code byDefault} is null. */
    public String text(String name, String byDefault) {
        return parsed(name, byDefault, "text that is not blank", Function.identity());
    }

    /** Text of a form; required where {@code byDefault} is null. */
    public String text(String name, String byDefault, String allowed, Predicate<String> form) {
        return parsed(name, byDefault, allowed, text -> {
            if (!form.test(text)) {
                throw new IllegalArgumentException();
            }
            return text;
        });
    }

    public Optional<String> optionalText(String name) {
        return value(name);
    }

    public Optional<Path> optionalPath(String name) {
        return value(name).map(Path::of);
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public int integer(String name, int min, int max, int byDefault) {
        return parsed(name, byDefault, "a whole number from " + min + " to " + max, text -> {
            int number = Integer.parseInt(text);
            if (number < min || number > max) {
                throw new IllegalArgumentException();
            }
            return number;
        });
    }

    /** A span of time such as {@code 500ms}, {@code 30s}, {@code 15m}, {@code 2h} or {@code 7d}; more than nothing. */
    public Duration duration(String name, Duration byDefault) {
        return parsed(name, byDefault, "a span of time such as 500ms, 30s, 15m, 2h or 7d", Durations::parse);
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name, boolean byDefault) {
        return parsed(name, byDefault, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        });
    }

    /** Texts separated by commas, trimmed, blank ones left out; empty where absent. */
    public List<String> list(String name) {
        return value(name)
                .map(text -> Arrays.stream(text.split(","))
                        .map(String::trim)
                        .filter(part -> !part.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    /**
     * Anything with a form of its own; required where {@code byDefault} is null.
     *
     * @param allowed what is allowed, for the person who must mend it
     * @param parse throws {@link IllegalArgumentException} on what is not allowed; its message, if any, is shown
     */
    public <T> T parsed(String name, T byDefault, String allowed, Function<String, T> parse) {
        Optional<String> text = value(name);
        if (text.isEmpty()) {
            if (byDefault == null) {
                problem(name, "is missing; give " + allowed);
            }
            return byDefault;
        }
        try {
            return parse.apply(text.get());
        } catch (IllegalArgumentException e) {
            problem(name, "is " + Secrets.shown(name, text.get()) + "; allowed is " + allowed);
            return byDefault;
        }
    }

    /** Every setting that starts with {@code prefix}, by the rest of its name; in the environment {@code _} stands for a dot. */
    public Map<String, String> prefixed(String prefix) {
        prefixes.add(prefix);
        String variable = variable(prefix);
        Map<String, String> found = new TreeMap<>();
        sources.file().forEach((name, value) -> putBelow(found, prefix, name, value));
        sources.ourEnvironment().forEach((name, value) -> {
            if (name.startsWith(variable)) {
                found.put(
                        name.substring(variable.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        value);
            }
        });
        sources.explicit().forEach((name, value) -> putBelow(found, prefix, name, value));
        return found;
    }

    private static void putBelow(Map<String, String> found, String prefix, String name, String value) {
        if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), value);
        }
    }

    /** Records a problem that the caller found. */
    public void problem(String name, String message) {
        problems.add(new Problem(name, message));
    }

    /** @throws ConfigurationException when anything was wrong; to be called once everything has been read */
    public void refuseProblems() {
        List<Problem> all = new ArrayList<>(problems);
        all.addAll(unknownNames());
        if (!all.isEmpty()) {
            throw new ConfigurationException(all);
        }
    }

    private Optional<String> value(String name) {
        known.add(name);
        String value = config.getConfigValue(name).getRawValue();
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.trim());
    }

    private List<Problem> unknownNames() {
        Map<String, String> variables = new LinkedHashMap<>();
        known.forEach(name -> variables.put(variable(name), name));
        List<Problem> unknown = new ArrayList<>();
        for (Map<String, String> named : List.of(sources.file(), sources.explicit())) {
            named.keySet().stream()
                    .filter(name -> name.startsWith(OURS) && !known.contains(name))
                    .filter(name -> prefixes.stream().noneMatch(name::startsWith))
                    .sorted()
                    .forEach(name -> unknown.add(new Problem(name, "no setting is called that" + like(name, known))));
        }
        sources.ourEnvironment().keySet().stream()
                .filter(name -> !variables.containsKey(name))
                .filter(name -> prefixes.stream().map(ConfigReader::variable).noneMatch(name::startsWith))
                .forEach(name ->
                        unknown.add(new Problem(name, "no setting is called that" + like(name, variables.keySet()))));
        return unknown;
    }

    private static String like(String name, Set<String> names) {
        return Similar.to(name, names)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
