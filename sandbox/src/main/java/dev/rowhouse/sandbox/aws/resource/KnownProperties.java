package dev.rowhouse.sandbox.aws.resource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The properties that AWS has for a resource type, by name: what is spelled wrong fails, as it does on AWS. What the values may be
 * is not looked at. Immutable.
 */
record KnownProperties(Set<String> names, Set<String> required) {
    private static final Map<String, KnownProperties> BY_TYPE = read();

    static boolean has(String type) {
        return BY_TYPE.containsKey(type);
    }

    static Set<String> names(String type) {
        return BY_TYPE.get(type).names;
    }

    /** @throws ProvisioningException in the words of CloudFormation's registry, naming every problem */
    static void check(ResourceRequest request) throws ProvisioningException {
        KnownProperties known = BY_TYPE.get(request.type());
        Set<String> extraneous = new TreeSet<>(request.properties().keySet());
        extraneous.removeAll(known.names);
        Set<String> missing = new TreeSet<>(known.required);
        missing.removeAll(request.properties().keySet());
        if (!extraneous.isEmpty() || !missing.isEmpty()) {
            StringBuilder reason = new StringBuilder(
                    "Properties validation failed for resource " + request.logicalId() + " with message:");
            extraneous.forEach(
                    name -> reason.append("\n#: extraneous key [").append(name).append("] is not permitted"));
            missing.forEach(
                    name -> reason.append("\n#: required key [").append(name).append("] not found"));
            throw new ProvisioningException(reason.toString());
        }
    }

    private static Map<String, KnownProperties> read() {
        try (InputStream file = KnownProperties.class.getResourceAsStream("properties.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableMap(KnownProperties::type, KnownProperties::properties));
        } catch (IOException e) {
            throw new UncheckedIOException("properties.txt is on the class path and cannot be read", e);
        }
    }

    private static String type(String line) {
        return line.substring(0, line.lastIndexOf(':', line.indexOf(' ') < 0 ? line.length() : line.indexOf(' ')));
    }

    private static KnownProperties properties(String line) {
        Set<String> marked = Arrays.stream(line.split(" ")).skip(1).collect(Collectors.toUnmodifiableSet());
        return new KnownProperties(
                marked.stream().map(name -> name.replace("*", "")).collect(Collectors.toUnmodifiableSet()),
                marked.stream()
                        .filter(name -> name.endsWith("*"))
                        .map(name -> name.replace("*", ""))
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
