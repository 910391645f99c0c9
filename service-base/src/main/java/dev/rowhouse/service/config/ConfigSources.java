package dev.rowhouse.service.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where settings come from; a later one wins: file, environment, explicit.
 *
 * @param file what the properties file says, by name ({@code rowhouse.…}); empty without a file
 * @param environment the environment's variables; only {@code ROWHOUSE_…} are looked at
 * @param explicit by name, what the program itself decides (a command line, a test)
 */
public record ConfigSources(Map<String, String> file, Map<String, String> environment, Map<String, String> explicit) {

    /** The variable that names the properties file. */
    public static final String FILE_VARIABLE = "ROWHOUSE_CONFIG_FILE";

    public ConfigSources {
        file = Map.copyOf(file);
        environment = Map.copyOf(environment);
        explicit = Map.copyOf(explicit);
    }

    /** Of this process: its environment, and the file that {@code ROWHOUSE_CONFIG_FILE} names, if it names one. */
    public static ConfigSources ofProcess() {
        Map<String, String> environment = System.getenv();
        return of(Optional.ofNullable(environment.get(FILE_VARIABLE)).map(Path::of), environment);
    }

    /** Of this process, with the file at {@code file}. */
    public static ConfigSources ofProcess(Path file) {
        return of(Optional.of(file), System.getenv());
    }

    /** Nothing but what is given: no file, no environment. */
    public static ConfigSources explicitly(Map<String, String> settings) {
        return new ConfigSources(Map.of(), Map.of(), settings);
    }

    /**
     * @param file a properties file in UTF-8
     * @throws ConfigurationException when the file cannot be read
     */
    public static ConfigSources of(Optional<Path> file, Map<String, String> environment) {
        return new ConfigSources(file.map(ConfigSources::read).orElse(Map.of()), environment, Map.of());
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "there is no such file");
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(file, e.getMessage() == null ? e.toString() : e.getMessage());
        }
        Map<String, String> settings = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    private static ConfigurationException unreadable(Path file, String why) {
        return new ConfigurationException(List.of(new ConfigurationException.Problem(
                FILE_VARIABLE, "cannot read the properties file " + file.toAbsolutePath() + ": " + why)));
    }

    /** The variables of the environment that are ours, in order of name. */
    Map<String, String> ourEnvironment() {
        Map<String, String> ours = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith("ROWHOUSE_") && !name.equals(FILE_VARIABLE)) {
                ours.put(name, value);
            }
        });
        return ours;
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        return "ConfigSources[file=" + file.keySet() + ", environment="
                + ourEnvironment().keySet() + ", explicit=" + explicit.keySet() + "]";
    }
}
