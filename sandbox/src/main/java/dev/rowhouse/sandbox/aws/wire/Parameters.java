package dev.rowhouse.sandbox.aws.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The members of a request, or of one structure in it, from their dotted names: {@code Tags.member.1.Key}. Immutable.
 * An empty value counts as absent where a list or a number is asked for: the SDK writes an empty list that way.
 */
public final class Parameters {
    private final Map<String, String> values;

    public Parameters(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public String required(String name) {
        return text(name)
                .orElseThrow(() -> AwsException.validationError("1 validation error detected: Value null at '"
                        + member(name) + "' failed to satisfy constraint: Member must not be null"));
    }

    /** The text, held to a length in characters and a pattern. */
    public Optional<String> text(String name, int min, int max, Pattern pattern) {
        Optional<String> value = text(name);
        value.ifPresent(v -> {
            if (v.length() < min) {
                throw AwsException.constraint(
                        v, member(name), "Member must have length greater than or equal to " + min);
            }
            if (v.length() > max) {
                throw AwsException.constraint(v, member(name), "Member must have length less than or equal to " + max);
            }
            if (!pattern.matcher(v).matches()) {
                throw AwsException.constraint(
                        v, member(name), "Member must satisfy regular expression pattern: " + pattern.pattern());
            }
        });
        return value;
    }

    public Optional<Integer> number(String name, int min, int max) {
        return text(name).filter(v -> !v.isEmpty()).map(v -> {
            int number = integer(name, v);
            if (number < min) {
                throw AwsException.constraint(
                        v, member(name), "Member must have value greater than or equal to " + min);
            }
            if (number > max) {
                throw AwsException.constraint(v, member(name), "Member must have value less than or equal to " + max);
            }
            return number;
        });
    }

    private static int integer(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new AwsException(400, "MalformedInput", "Invalid integer '" + value + "' for " + name);
        }
    }

    public Optional<Boolean> flag(String name) {
        return text(name).filter(v -> !v.isEmpty()).map(v -> switch (v) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new AwsException(400, "MalformedInput", "Invalid boolean '" + v + "' for " + name);
        });
    }

    /** A list of texts. */
    public List<String> list(String name) {
        List<String> found = new ArrayList<>();
        for (int i = 1; values.containsKey(name + ".member." + i); i++) {
            found.add(values.get(name + ".member." + i));
        }
        return found;
    }

    /** A list of structures. */
    public List<Parameters> structures(String name) {
        List<Parameters> found = new ArrayList<>();
        for (int i = 1; ; i++) {
            Map<String, String> members = below(name + ".member." + i + ".");
            if (members.isEmpty()) {
                return found;
            }
            found.add(new Parameters(members));
        }
    }

    private Map<String, String> below(String prefix) {
        Map<String, String> members = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                members.put(name.substring(prefix.length()), value);
            }
        });
        return members;
    }

    /** Refuses any member outside {@code known}: what is not understood must not look as if it were obeyed. */
    public void refuseOthersThan(Set<String> known) {
        for (String name : values.keySet()) {
            int dot = name.indexOf('.');
            String top = dot < 0 ? name : name.substring(0, dot);
            if (!known.contains(top)) {
                throw AwsException.notServed("The request parameter " + top);
            }
        }
    }

    /** The whole as a map, for comparing one request with another. */
    public Map<String, String> asMap() {
        return values;
    }

    private static String member(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** Names only: values hold passwords. */
    @Override
    public String toString() {
        return "Parameters" + values.keySet();
    }
}
