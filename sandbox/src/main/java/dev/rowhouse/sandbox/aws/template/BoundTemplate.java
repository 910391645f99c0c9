package dev.rowhouse.sandbox.aws.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** A template with its parameters and conditions decided: what one stack is made of. Immutable. */
public final class BoundTemplate {
    private final Template template;
    private final ParameterValues parameters;
    private final PseudoParameters pseudo;
    private final Map<String, Boolean> conditions = new LinkedHashMap<>();
    private final Map<String, ResourceDeclaration> resources = new LinkedHashMap<>();
    private final Map<String, Set<String>> dependencies = new LinkedHashMap<>();
    private final Set<String> imports = new LinkedHashSet<>();

    /** @throws TemplateException if a condition fails, or something that is made refers to something that is not */
    public BoundTemplate(Template template, ParameterValues parameters, PseudoParameters pseudo) {
        this.template = template;
        this.parameters = parameters;
        this.pseudo = pseudo;
        Conditions decided = new Conditions();
        template.conditions.keySet().forEach(decided::decide);
        template.resources().stream()
                .filter(resource -> holds(resource.condition()))
                .forEach(resource -> resources.put(resource.logicalId(), resource));
        resources.values().forEach(r -> dependencies.put(r.logicalId(), dependenciesOf(r)));
        checkOutputs();
        checkCircles();
    }

    /** The resources to make. */
    public List<ResourceDeclaration> resources() {
        return List.copyOf(resources.values());
    }

    /** What must be complete before the resource is begun. */
    public Set<String> dependencies(String logicalId) {
        return dependencies.get(logicalId);
    }

    /** The exports of other stacks that must be there before any resource is begun. */
    public Set<String> imports() {
        return Collections.unmodifiableSet(imports);
    }

    /** The resource's properties: strings, lists and maps. */
    public Map<String, Object> properties(String logicalId, Attributes attributes) {
        return evaluate(resources.get(logicalId), new StackScope(attributes, parameters::value));
    }

    /** Like {@link #properties}, with {@code NoEcho} parameters masked, for events. */
    public Map<String, Object> shownProperties(String logicalId, Attributes attributes) {
        return evaluate(resources.get(logicalId), new StackScope(attributes, parameters::masked));
    }

    /** The outputs, once every resource is complete. {@code NoEcho} does not mask here, as on AWS. */
    public List<OutputValue> outputs(Attributes attributes) {
        Scope scope = new StackScope(attributes, parameters::value);
        List<OutputValue> values = new ArrayList<>();
        for (OutputDeclaration output : template.outputs.values()) {
            if (holds(output.condition())) {
                values.add(new OutputValue(
                        output.key(),
                        text(output, output.value().evaluate(scope)),
                        output.description(),
                        output.exportName() == null ? null : output.exportName(scope)));
            }
        }
        return values;
    }

    private static String text(OutputDeclaration output, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new TemplateException("Template format error: Output " + output.key() + " is malformed. The Value "
                + "field of every Outputs member must evaluate to a String.");
    }

    private static Map<String, Object> evaluate(ResourceDeclaration resource, Scope scope) {
        Map<String, Object> values = new LinkedHashMap<>();
        resource.properties().forEach((name, expression) -> {
            Object value = expression.evaluate(scope);
            if (value != Expression.NO_VALUE) {
                values.put(name, value);
            }
        });
        return values;
    }

    private boolean holds(String condition) {
        return condition == null || conditions.get(condition);
    }

    private Set<String> dependenciesOf(ResourceDeclaration resource) {
        References used = References.taken(conditions);
        resource.collect(used);
        checkResolved(used, "Resources");
        evaluateWhatIsKnown(used);
        Set<String> all = used.resourcesAndParameters();
        all.addAll(resource.dependsOn()); // one that is not made is passed over, as CloudFormation does
        all.retainAll(resources.keySet());
        return all;
    }

    private void checkOutputs() {
        References used = References.taken(conditions);
        template.outputs.values().stream()
                .filter(output -> holds(output.condition()))
                .forEach(output -> output.collect(used));
        checkResolved(used, "Outputs");
        evaluateWhatIsKnown(used);
        checkExports();
    }

    /** An index out of range or a key that no mapping has is told before anything is made, where it can be. */
    private void evaluateWhatIsKnown(References used) {
        Scope scope = new StackScope(null, parameters::value);
        used.imports.forEach(imported -> imports.add(imported.name(scope)));
        used.functions.stream()
                .filter(function -> isKnown(used.of(function)))
                .forEach(function -> function.evaluate(scope));
    }

    private boolean isKnown(References used) {
        return used.imports.isEmpty()
                && used.resourcesAndParameters().stream().allMatch(name -> template.resource(name) == null);
    }

    private void checkExports() {
        Scope scope = new StackScope(null, parameters::value);
        Map<String, String> outputsByName = new HashMap<>();
        template.outputs.values().stream()
                .filter(output -> output.exportName() != null && holds(output.condition()))
                .forEach(output -> {
                    String name = output.exportName(scope);
                    String other = outputsByName.put(name, output.key());
                    if (other != null) {
                        throw new TemplateException("Template format error: Outputs " + other + " and " + output.key()
                                + " are both exported as " + name);
                    }
                });
    }

    private void checkResolved(References used, String block) {
        Set<String> unresolved = new TreeSet<>(used.resourcesAndParameters());
        unresolved.removeIf(name -> template.resource(name) == null || resources.containsKey(name));
        if (!unresolved.isEmpty()) {
            throw new TemplateException("Template format error: Unresolved resource dependencies " + unresolved
                    + " in the " + block + " block of the template");
        }
    }

    private void checkCircles() {
        Set<String> left = new TreeSet<>(resources.keySet());
        Set<String> done = new HashSet<>();
        while (!left.isEmpty()) {
            Set<String> free = new LinkedHashSet<>(left);
            free.removeIf(id -> !done.containsAll(dependencies.get(id)));
            if (free.isEmpty()) {
                throw new TemplateException("Circular dependency between resources: " + left);
            }
            done.addAll(free);
            left.removeAll(free);
        }
    }

    /** @param exportName null if it is not exported */
    public record OutputValue(String key, String value, String description, String exportName) {
        /** Keys only: outputs hold passwords. */
        @Override
        public String toString() {
            return "OutputValue[" + key + "]";
        }
    }

    /** Decides conditions, each after those it names. */
    private final class Conditions {
        private final Set<String> deciding = new LinkedHashSet<>();

        private boolean decide(String name) {
            Boolean known = conditions.get(name);
            if (known != null) {
                return known;
            }
            if (!deciding.add(name)) {
                throw new TemplateException("Template error: Found circular condition dependency between " + deciding);
            }
            boolean holds = template.conditions.get(name).holds(new StackScope(null, parameters::value) {
                @Override
                public boolean condition(String other) {
                    return decide(other);
                }
            });
            conditions.put(name, holds);
            return holds;
        }
    }

    private class StackScope implements Scope {
        private final Attributes attributes;
        private final Function<String, Object> parameter;

        StackScope(Attributes attributes, Function<String, Object> parameter) {
            this.attributes = attributes;
            this.parameter = parameter;
        }

        @Override
        public Object ref(String name) {
            if (PseudoParameters.NAMES.contains(name)) {
                return pseudo.value(name);
            }
            return template.parameter(name) != null ? parameter.apply(name) : attributes.ref(name);
        }

        @Override
        public Object attribute(String logicalId, String attribute) {
            return attributes.attribute(logicalId, attribute);
        }

        @Override
        public boolean condition(String name) {
            return holds(name);
        }

        @Override
        public String imported(String exportName) {
            return attributes.imported(exportName);
        }

        @Override
        public Object mapped(String mapping, String topKey, String secondKey) {
            return template.mappings.value(mapping, topKey, secondKey);
        }
    }
}
