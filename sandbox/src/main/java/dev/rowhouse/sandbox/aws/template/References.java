package dev.rowhouse.sandbox.aws.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What expressions refer to, collected. For one thread. */
final class References {
    /** By {@code Ref} or {@code ${}}. */
    final Set<String> names = new LinkedHashSet<>();

    /** By {@code GetAtt} or {@code ${x.y}}: attributes by logical id. */
    final Map<String, Set<String>> attributes = new LinkedHashMap<>();

    final Set<String> conditions = new LinkedHashSet<>();

    /** What is computed from its arguments, each for itself, so that what can be known early is. */
    final List<Expression> functions = new ArrayList<>();

    final List<ReferenceFunctions.FindInMap> lookups = new ArrayList<>();
    final List<ImportFunction> imports = new ArrayList<>();

    /** Whether availability zones are asked for. */
    boolean zones;

    private final Map<String, Boolean> decided;

    private References(Map<String, Boolean> decided) {
        this.decided = decided;
    }

    /** Follows both branches of every {@code If}. */
    static References all() {
        return new References(Map.of());
    }

    /** Follows only the branches that are taken. */
    static References taken(Map<String, Boolean> conditions) {
        return new References(conditions);
    }

    /** Of one expression, its branches followed as here. */
    References of(Expression expression) {
        References own = new References(decided);
        expression.collect(own);
        return own;
    }

    Optional<Boolean> decided(String condition) {
        return Optional.ofNullable(decided.get(condition));
    }

    void attribute(String logicalId, String attribute) {
        attributes.computeIfAbsent(logicalId, id -> new LinkedHashSet<>()).add(attribute);
    }

    Set<String> resourcesAndParameters() {
        Set<String> all = new LinkedHashSet<>(names);
        all.addAll(attributes.keySet());
        return all;
    }
}
