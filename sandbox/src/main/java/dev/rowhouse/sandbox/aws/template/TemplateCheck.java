package dev.rowhouse.sandbox.aws.template;

import dev.rowhouse.sandbox.aws.template.Expression.Literal;
import dev.rowhouse.sandbox.aws.template.ReferenceFunctions.FindInMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What can be said about a template before its parameters are known: does every name lead somewhere? */
final class TemplateCheck {
    /** How CloudFormation names types: whether it knows one of that form, the stand-in does not know. */
    private static final Pattern TYPE = Pattern.compile("\\w+::\\w+::\\w+(::MODULE)?|Custom::[\\w@-]{1,60}");

    private final Template template;
    private final ResourceCatalog catalog;

    TemplateCheck(Template template, ResourceCatalog catalog) {
        this.template = template;
        this.catalog = catalog;
    }

    void run() {
        checkTypes();
        checkConditionsSection();
        References resources = References.all();
        template.resources().forEach(resource -> resource.collect(resources));
        checkNames(resources, dependsOn(), "Resources");
        checkAttributes(resources);
        References outputs = References.all();
        template.outputs.values().forEach(output -> output.collect(outputs));
        checkNames(outputs, Set.of(), "Outputs");
        checkAttributes(outputs);
        checkConditionNames(resources, outputs);
        checkFunctions(resources);
        checkFunctions(outputs);
        checkExportNames();
    }

    private void checkTypes() {
        Set<String> unknown = new LinkedHashSet<>();
        Set<String> unsupported = new LinkedHashSet<>();
        for (ResourceDeclaration resource : template.resources()) {
            if (!catalog.hasType(resource.type())) {
                (TYPE.matcher(resource.type()).matches() ? unsupported : unknown).add(resource.type());
            }
        }
        if (!unknown.isEmpty()) {
            throw new TemplateException("Template format error: Unrecognized resource types: " + unknown);
        }
        if (!unsupported.isEmpty()) {
            throw TemplateException.unsupported("each of the resource types " + unsupported);
        }
    }

    private void checkConditionsSection() {
        References used = References.all();
        template.conditions.values().forEach(condition -> condition.collect(used));
        Set<String> unresolved = new TreeSet<>(used.resourcesAndParameters());
        unresolved.removeIf(this::isParameter);
        if (!unresolved.isEmpty()) {
            throw new TemplateException("Template format error: Unresolved dependencies " + unresolved
                    + ". Cannot reference resources in the Conditions block of the template");
        }
        for (String name : used.conditions) {
            if (!template.conditions.containsKey(name)) {
                throw new TemplateException("Template format error: Unresolved condition dependency " + name
                        + " in the Conditions block of the template");
            }
        }
        if (!used.imports.isEmpty()) {
            throw new TemplateException("Template error: Cannot use Fn::ImportValue in Conditions.");
        }
        checkFunctions(used);
    }

    /** What depends on nothing is wrong already, if it is. */
    private void checkFunctions(References used) {
        for (FindInMap lookup : used.lookups) {
            checkLookup(lookup);
        }
        for (ImportFunction imported : used.imports) {
            if (!isKnownEarly(imported.exportName())) {
                throw new TemplateException("Template error: the attribute in Fn::ImportValue must not depend on any "
                        + "resources, imported values, or Fn::GetAZs");
            }
        }
        used.functions.stream().filter(TemplateCheck::isConstant).forEach(f -> f.evaluate(new ConstantScope()));
    }

    private void checkLookup(FindInMap lookup) {
        if (lookup.mapping() instanceof Literal mapping && !template.mappings.has(mapping.text())) {
            throw new TemplateException("Template error: Mapping named '" + mapping.text()
                    + "' is not present in the 'Mappings' section of template.");
        }
        Set<String> resources = new TreeSet<>(References.all().of(lookup).names);
        resources.removeIf(this::isParameter);
        if (!resources.isEmpty()) {
            throw new TemplateException("Template error: Fn::FindInMap cannot depend on the resource(s) " + resources
                    + ", only on parameters");
        }
    }

    private void checkExportNames() {
        template.outputs.values().stream()
                .filter(output -> output.exportName() != null && !isKnownEarly(output.exportName()))
                .forEach(output -> {
                    throw new TemplateException("Template format error: Output " + output.key()
                            + " is malformed. The Name field of every Export member must not depend on any resources, "
                            + "imported values, or Fn::GetAZs.");
                });
    }

    private boolean isKnownEarly(Expression name) {
        References used = References.all().of(name);
        return !used.zones
                && used.imports.isEmpty()
                && used.resourcesAndParameters().stream().allMatch(this::isParameter);
    }

    private static boolean isConstant(Expression function) {
        References used = References.all().of(function);
        return !used.zones
                && used.imports.isEmpty()
                && used.conditions.isEmpty()
                && used.resourcesAndParameters().isEmpty();
    }

    private Set<String> dependsOn() {
        Set<String> named = new LinkedHashSet<>();
        template.resources().forEach(resource -> named.addAll(resource.dependsOn()));
        return named;
    }

    private void checkNames(References used, Set<String> resourcesOnly, String block) {
        Set<String> unresolved = new TreeSet<>(used.names);
        unresolved.removeIf(name -> isParameter(name) || template.resource(name) != null);
        resourcesOnly.stream().filter(id -> template.resource(id) == null).forEach(unresolved::add);
        if (!unresolved.isEmpty()) {
            throw new TemplateException("Template format error: Unresolved resource dependencies " + unresolved
                    + " in the " + block + " block of the template");
        }
    }

    private void checkAttributes(References used) {
        used.attributes.forEach((logicalId, attributes) -> {
            ResourceDeclaration resource = template.resource(logicalId);
            if (resource == null) {
                throw new TemplateException(
                        "Template error: instance of Fn::GetAtt references undefined resource " + logicalId);
            }
            for (String attribute : attributes) {
                if (!catalog.hasAttribute(resource.type(), attribute)) {
                    throw new TemplateException("Template error: resource " + logicalId
                            + " does not support attribute type " + attribute
                            + " in Fn::GetAtt; of " + resource.type() + " the sandbox's stand-in for AWS has only "
                            + new TreeSet<>(catalog.attributes(resource.type())));
                }
            }
        });
    }

    private void checkConditionNames(References resources, References outputs) {
        Set<String> used = new LinkedHashSet<>(resources.conditions);
        used.addAll(outputs.conditions);
        template.resources().forEach(resource -> used.add(resource.condition()));
        template.outputs.values().forEach(output -> used.add(output.condition()));
        used.remove(null);
        for (String name : used) {
            if (!template.conditions.containsKey(name)) {
                throw new TemplateException("Template format error: Unresolved condition dependency " + name
                        + " in the Resources block of the template");
            }
        }
    }

    private boolean isParameter(String name) {
        return template.parameter(name) != null || PseudoParameters.NAMES.contains(name);
    }

    /** Where nothing has a meaning but what the template itself says. */
    private final class ConstantScope implements Scope {
        @Override
        public Object ref(String name) {
            throw notConstant(name);
        }

        @Override
        public Object attribute(String logicalId, String attribute) {
            throw notConstant(logicalId);
        }

        @Override
        public boolean condition(String name) {
            throw notConstant(name);
        }

        @Override
        public String imported(String exportName) {
            throw notConstant(exportName);
        }

        @Override
        public Object mapped(String mapping, String topKey, String secondKey) {
            return template.mappings.value(mapping, topKey, secondKey);
        }

        private IllegalStateException notConstant(String name) {
            return new IllegalStateException(name + " is no constant, although it was taken for one");
        }
    }
}
