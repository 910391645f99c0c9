package dev.rowhouse.sandbox.aws.template;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** What can be said about a template before its parameters are known: does every name lead somewhere? */
final class TemplateCheck {
    /** A nested stack's template is in S3; a wait ends with a signal, for which the stand-in has no address. */
    private static final Set<String> UNSUPPORTED =
            Set.of("AWS::CloudFormation::Stack", "AWS::CloudFormation::WaitCondition", "AWS::CloudFormation::Macro");

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
    }

    private void checkTypes() {
        Set<String> unknown = new LinkedHashSet<>();
        for (ResourceDeclaration resource : template.resources()) {
            if (UNSUPPORTED.contains(resource.type())) {
                throw TemplateException.unsupported(
                        "the type " + resource.type() + " of resource " + resource.logicalId());
            }
            if (!catalog.hasType(resource.type())) {
                unknown.add(resource.type());
            }
        }
        if (!unknown.isEmpty()) {
            throw new TemplateException("Template format error: Unrecognized resource types: " + unknown);
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
                            + " does not support attribute type " + attribute + " in Fn::GetAtt");
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
}
